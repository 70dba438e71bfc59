"""What duties may know of a data breach: since when it is known, and whether it is settled."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from alongside.data_breaches.models import Account, DataBreach, Telling
from alongside.duties.engine import Happening
from alongside.duties.facts import provides
from alongside.duties.owners import elsewhere
from alongside.duties.subjects import About, subject_kind
from alongside.practice.actions import Action

KIND = "data_breach"


@subject_kind(
    KIND,
    model=DataBreach,
    named=["breach"],
    reads=[DataBreach, Account],
    rows=lambda: DataBreach.objects.select_related(*DataBreach.LOCK_WITH),
    current=lambda scheme: Q(scheme=scheme),
    needs=Action.KEEP_DATA_BREACHES,
    goes_beyond=True,
)
def about_a_data_breach(breach: DataBreach) -> About:
    """A data breach: from the day on which we knew of it. Its name says nothing about anybody.

    Where nobody here may settle it, it falls to whoever keeps the register at another scheme.
    """
    known = _account(breach).aware_at.astimezone(breach.scheme.zone).date()
    return About(
        row=breach,
        scheme=breach.scheme,
        starts_on=known,
        beyond=lambda: elsewhere(breach.scheme, Action.KEEP_DATA_BREACHES),
        says="A data breach",
        url=reverse("data_breaches:one", args=[breach.pk]),
    )


@provides("data_breach.known", subject=KIND, reads=[Account])
def known(breach: DataBreach, of: str) -> list[Happening]:
    """From when the clock of a breach runs: we knew of it. It never falls to whoever caused it."""
    account = _account(breach)
    on = account.aware_at.astimezone(breach.scheme.zone).date()
    return [Happening(on, str(breach.pk), concerning=str(account.cause_id or ""))]


@provides("data_breach.settled", subject=KIND, reads=[Account, Telling])
def settled(breach: DataBreach, of: str) -> list[Happening]:
    """The days on which they were told, or it was decided that they are not.

    `of` is "regulator" or "people". A decision not to tell counts while the breach is as serious
    as it was when it was made.
    """
    now = _account(breach).seriousness
    found = breach.tellings.filter(whom=of)
    answers = found.filter(Q(told_at__isnull=False) | Q(seriousness=now))
    return [
        Happening((one.told_at or one.recorded_at).astimezone(breach.scheme.zone).date(),
                  str(breach.pk))
        for one in answers
    ]  # fmt: skip


def _account(breach: DataBreach) -> Account:
    return breach.accounts.get(replaced_at=None)
