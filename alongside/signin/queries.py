"""What the pages of signing in ask: my sessions, the team's, alarms, an invitation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.shortcuts import get_object_or_404

from alongside.kit import clock
from alongside.organisation.models import Membership, Staff, StaffQuerySet
from alongside.practice.actions import Action
from alongside.signin import sessions
from alongside.signin.codes import fingerprint
from alongside.signin.models import Alarm, Invitation, SignIn

MOST_SESSIONS = 40
SECOND = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""Recovery codes alone are no second factor: they are what is left when it is lost."""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A sign-in that is still good, and when it was last used (to the minute)."""

    sign_in: SignIn
    seen_at: datetime


def open_sessions(staff: Staff) -> list[OpenSession]:
    """Where somebody is signed in now, latest first. Two queries."""
    kept = SignIn.objects.filter(staff=staff, ended_at=None).order_by("-began_at")[:MOST_SESSIONS]
    by_key = {one.session_key: one for one in kept}
    now, found = clock.now(), []
    for row in Session.objects.filter(session_key__in=by_key, expire_date__gt=now):
        held = sessions.held(row.get_decoded())
        if held and not held.over(now.timestamp()):
            seen_at = datetime.fromtimestamp(held.seen, tz=now.tzinfo)
            found.append(OpenSession(by_key[row.session_key], seen_at))
    return sorted(found, key=lambda one: one.sign_in.began_at, reverse=True)


def sign_in_of(pk: str | UUID) -> SignIn | None:
    return SignIn.objects.select_related("staff").filter(pk=pk).first()


def session_to_end(by: Staff, pk: UUID) -> SignIn:
    """A session of one's own, or of somebody whom one may look after."""
    theirs = team_of(by).values("pk")
    found = SignIn.objects.select_related("staff__organisation").filter(ended_at=None)
    return get_object_or_404(found.filter(staff=by) | found.filter(staff__in=theirs), pk=pk)


def team_of(by: Staff) -> StaffQuerySet:
    """Those whose way in this person looks after: who works where they may manage staff.

    Somebody who works nowhere any more belongs to whoever manages staff in the organisation.
    """
    schemes = [one.pk for one in by.schemes() if by.may(Action.MANAGE_STAFF, one)]
    if not schemes:
        return Staff.objects.none()
    return (
        Staff.objects.filter(organisation_id=by.organisation_id)
        .filter(memberships__scheme__in=schemes)
        .select_related("organisation")
        .order_by("name", "pk")
        .distinct()
    )


def colleague(by: Staff, pk: UUID) -> Staff:
    """One of those; to anybody else there is no such page."""
    return get_object_or_404(team_of(by), pk=pk)


def second_factors_of(staff: Staff) -> int:
    """How many passkeys and authenticator apps somebody has."""
    return int(Authenticator.objects.filter(user_id=staff.pk, type__in=SECOND).count())


def factors_of(staff: Staff) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user_id=staff.pk).order_by("created_at"))


def with_second_factor(staff: list[Staff]) -> set[UUID]:
    """Which of them have one."""
    found = Authenticator.objects.filter(user_id__in=[one.pk for one in staff], type__in=SECOND)
    return set(found.values_list("user_id", flat=True))


def left_of(staff: list[Staff], on: date) -> set[UUID]:
    """Which of them have left: their last day is over, or every role of theirs has ended."""
    works = Membership.objects.filter(Q(until_on=None) | Q(until_on__gte=on), staff__in=staff)
    still = set(works.values_list("staff_id", flat=True))
    return {one.pk for one in staff if one.pk not in still or (one.last_day and one.last_day < on)}


def alarms_for(by: Staff) -> list[Alarm]:
    """Alarms about the team that nobody has looked at, latest first."""
    waiting = Alarm.objects.filter(seen_at=None, staff__in=team_of(by).values("pk"))
    return list(waiting.exclude(staff=by).select_related("staff").order_by("-at")[:20])


def alarm_for(by: Staff, pk: UUID) -> Alarm:
    found = Alarm.objects.filter(staff__in=team_of(by).values("pk")).exclude(staff=by)
    return get_object_or_404(found.select_related("staff"), pk=pk)


def invitation_of(code: str) -> Invitation | None:
    """The invitation of that code while it is good; None otherwise, whatever the reason."""
    found = Invitation.objects.filter(
        fingerprint=fingerprint(code), used_at=None, withdrawn_at=None, until__gte=clock.now(),
        staff__is_active=True,
    )  # fmt: skip
    return found.select_related("staff__organisation").first()
