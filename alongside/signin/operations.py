"""Signing in and out, second factors, letting somebody in, shutting somebody out, alarms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.signin.codes import fingerprint
from alongside.signin.counting import forget_what_is_old
from alongside.signin.models import Alarm, Invitation, SignIn
from alongside.signin.queries import second_factors_of

type LetsIn = Callable[..., Invitation]
type Shuts = Callable[..., Staff]
READING = "reading"
MOST_BEFORE = 200
"""How many sessions of one person are ended in one go."""


@operation("staff.signed_in", needs=None)
def sign_in(
    staff: Staff, *, by: Actor, session_key: str, how: str, device: str, kind: str
) -> SignIn:
    """Note in the journal that somebody signed in: how, and with what device."""
    forget_what_is_old()
    return SignIn.objects.create(
        staff=staff, session_key=session_key, how=how, device=device, kind=kind
    )


@operation("staff.proved", needs=None)
def prove(staff: Staff, *, by: Actor, sign_in: SignIn, session_key: str) -> SignIn:
    """Note that somebody showed again that it is them. Their session has a new key from now on."""
    sign_in.session_key = session_key
    sign_in.save(update_fields=["session_key"])
    return sign_in


def _may_end(sign_in: SignIn, by: Actor) -> Refused | None:
    if sign_in.staff_id == by.actor_id or by.may(Action.MANAGE_STAFF, sign_in.staff):
        return None
    return Refused(
        "This is not your session.", instead="Ask somebody who looks after the team to end it."
    )


@operation("staff.signed_out", needs=None)
def end_session(sign_in: SignIn, *, by: Staff) -> SignIn:
    """End a session: one's own, or somebody's of one's team. It is over at its next request."""
    if refusal := _may_end(sign_in, by):
        raise refusal
    return _end(sign_in, by)


def _end(sign_in: SignIn, by: Staff) -> SignIn:
    Session.objects.filter(session_key=sign_in.session_key).delete()
    if sign_in.ended_at is None:
        sign_in.ended_at, sign_in.ended_by = clock.now(), by
        sign_in.save(update_fields=["ended_at", "ended_by"])
    return sign_in


def _end_all(staff: Staff, by: Staff, *, but: str = "") -> None:
    there = SignIn.objects.filter(staff=staff, ended_at=None).exclude(session_key=but)
    for each in there[:MOST_BEFORE]:
        _end(each, by)


@operation("staff.second_factor_changed", needs=None)
def change_second_factor(
    staff: Staff, *, by: Actor, act: Callable[[], object], only_here: str = ""
) -> Staff:
    """Add, replace or remove a passkey, an authenticator app or recovery codes: one's own only.

    `act` does it. `only_here` is the key of the one session that goes on: all others end, for
    whoever has the device that was removed may be in one. Refused when nothing would be left to
    sign in with.
    """
    if by.actor_id != staff.pk:
        raise Refused(
            "A second factor belongs to one person.", instead="Ask them to change it themselves."
        )
    before = second_factors_of(staff)
    act()
    if before and not second_factors_of(staff):
        raise Refused(
            "This is the only second factor you have.",
            instead="Add another passkey or an authenticator app first, then remove this one.",
        )
    if only_here:
        _end_all(staff, staff, but=only_here)
    return staff


@operation("staff.account_joined", needs=None)
def join_account(staff: Staff, *, by: Actor, act: Callable[[], object]) -> Staff:
    """Note that an account of the organisation signs this person in from now on. `act` keeps it."""
    act()
    return staff


@operation("staff.password_set", needs=None)
def set_password(staff: Staff, *, by: Staff, password: str) -> Staff:
    """Change one's own password. Every other session of this person ends by it."""
    if by.pk != staff.pk:
        raise Refused(
            "A password belongs to one person.", instead="Give them an invitation to set their own."
        )
    staff.password = make_password(password)
    staff.save(update_fields=["password"])
    return staff


def _not_oneself(staff: Staff, by: Staff) -> None:
    if staff.pk == by.pk:
        raise Refused(
            "Nobody lets themselves in.", instead="Ask somebody else who looks after the team."
        )


@operation("staff.invited", needs=Action.MANAGE_STAFF)
def invite(staff: Staff, *, by: Staff, code: str) -> Invitation:
    """Give somebody a way to set a password of their own: once, within a day, by hand.

    It is for a first password and for a forgotten one. Their second factor stays and is asked for.
    Refused to oneself, and to somebody who was shut out.
    """
    _not_oneself(staff, by)
    if not staff.is_active:
        raise Refused(f"{staff} was shut out.", instead="Let them back in first.")
    now = clock.now()
    Invitation.objects.filter(staff=staff, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    until = now + timedelta(hours=settings.INVITATION_HOURS)
    return Invitation.objects.create(
        staff=staff, fingerprint=fingerprint(code), given_by=by, given_at=now, until=until
    )


@operation("staff.started_again", needs=Action.MANAGE_STAFF)
def start_again(staff: Staff, *, by: Staff, code: str) -> Invitation:
    """For a lost phone: take away every second factor, the password and every session.

    They begin as on the first day: with the invitation, a new password, a new second factor.
    """
    _not_oneself(staff, by)
    Authenticator.objects.filter(user_id=staff.pk).delete()
    staff.password = make_password(None)
    staff.save(update_fields=["password"])
    _end_all(staff, by)
    return invite(staff, by=by, code=code)


@operation("staff.invitation_used", needs=None)
def use_invitation(invitation: Invitation, *, by: Staff, password: str) -> Invitation:
    """Set a password with an invitation, which is then spent. Refused when it is, or is too old."""
    now = clock.now()
    if invitation.used_at or invitation.withdrawn_at or now > invitation.until:
        raise Refused("This invitation has been used, or is too old.", instead="Ask for a new one.")
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    set_password(invitation.staff, by=by, password=password)
    return invitation


@operation("staff.shut_out", needs=Action.MANAGE_STAFF)
def shut_out(staff: Staff, *, by: Staff) -> Staff:
    """Let a leaver out: they cannot sign in, and every session ends at its next request."""
    _not_oneself(staff, by)
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    _end_all(staff, by)
    return staff


@operation("staff.let_back_in", needs=Action.MANAGE_STAFF)
def let_back_in(staff: Staff, *, by: Staff) -> Staff:
    """Let somebody sign in again who was shut out."""
    _not_oneself(staff, by)
    staff.is_active = True
    staff.save(update_fields=["is_active"])
    return staff


@operation("alarm.reading", needs=None)
def raise_alarm(staff: Staff, *, by: Actor, people: int, kind: str = READING) -> Alarm:
    """Somebody's session opened more files, or documents, in a few minutes than work asks for."""
    return Alarm.objects.create(staff=staff, kind=kind, people=people)


@operation("alarm.seen", needs=Action.MANAGE_STAFF)
def see_alarm(alarm: Alarm, *, by: Staff) -> Alarm:
    """Note that somebody responsible has looked at an alarm. Refused to whom it is about."""
    if alarm.staff_id == by.pk:
        raise Refused(
            "Nobody clears an alarm about themselves.", instead="Somebody else looks at it."
        )
    if alarm.seen_at is None:
        alarm.seen_at, alarm.seen_by = clock.now(), by
        alarm.save(update_fields=["seen_at", "seen_by"])
    return alarm
