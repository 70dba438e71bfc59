"""What duties may know of agreements to share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet

from alongside.duties.engine import Happening
from alongside.duties.rows import provides_from
from alongside.sharing.models import Consent
from alongside.stays.models import Stay


def _every() -> QuerySet[Consent]:
    return Consent.objects.order_by("given_on", "pk")


def _consents(stay: Stay, of: str) -> list[QuerySet[Consent]]:
    return [_every().filter(stay=stay)]


def _settled_on(one: Consent, given: Sequence[Consent]) -> date | None:
    """When it was taken back, or agreed anew with the same agency for the same purpose."""
    later = [
        other.given_on for other in given
        if other.agency_key == one.agency_key and other.purpose == one.purpose
        if (other.given_on, other.pk) > (one.given_on, one.pk) and other.until_on > one.until_on
    ]  # fmt: skip
    days = [*later, *([one.withdrawn_on] if one.withdrawn_on else [])]
    return min(days) if days else None


def _asked_again_on(stay: Stay, one: Consent) -> date:
    before = timedelta(days=int(stay.scheme.pack.limit("consent_asked_before")))
    return max(one.given_on, one.until_on - before)


@provides_from("sharing.runs_out", reads=[Consent], rows=_consents, every=_every)
def sharing_runs_out(stay: Stay, of: str, given: Sequence[Consent]) -> list[Happening]:
    """From when one asks again whether something may still be shared: so many days (the limit
    `consent_asked_before`) before the agreement runs out, if it was not settled before that."""
    found = []
    for one in given:
        on, settled = _asked_again_on(stay, one), _settled_on(one, given)
        if settled is None or settled >= on:
            found.append(Happening(on, str(one.pk)))
    return found


@provides_from("sharing.settled", reads=[Consent], rows=_consents, every=_every)
def sharing_settled(stay: Stay, of: str, given: Sequence[Consent]) -> list[Happening]:
    """The day on which an agreement was taken back, or given anew."""
    days = ((one, _settled_on(one, given)) for one in given)
    return [Happening(on, str(one.pk)) for one, on in days if on]
