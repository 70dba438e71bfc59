"""A rehearsal as a file that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.http import urlencode

from alongside.exports.files import as_csv as written
from alongside.exports.leaving import Column, Leaving, leaves
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.schemes import queries
from alongside.schemes.forms import RehearseForm
from alongside.schemes.rehearsing import Fell, Rehearsal
from alongside.schemes.rehearsing import rehearse as rehearse_over

COLUMNS = (
    Column("practice", "Practice"),
    Column("person", "Person", names=True),
    Column("what", "What"),
    Column("due", "Due"),
    Column("outcome", "Outcome"),
    Column("done", "Done"),
    Column("why", "Why", names=True),
    Column("source", "Source"),
)


@leaves("rehearsal", says="A rehearsal of a practice", needs=Action.MANAGE_SCHEME)
def rehearsal(staff: Staff, scheme: Scheme, asked: Mapping[str, str]) -> Leaving | None:
    """Every duty that fell due, under the practice in force and under the one rehearsed."""
    form = RehearseForm(asked, offered=queries.versions_of(scheme), today=scheme.today())
    if not staff.may(Action.READ_FILE, scheme) or not form.is_valid():
        return None
    said = form.cleaned_data
    pack = queries.as_it_would_be(scheme, said["version"], on=scheme.today())
    return Leaving(
        title=f"Rehearsal of {pack.name}, {said['from_on']:%-d %b} to {said['until_on']:%-d %b %Y}",
        stem="rehearsal",
        back=f"{reverse('schemes:rehearse', args=[scheme.slug])}?{urlencode(asked)}",
        columns=COLUMNS,
        a_row_each=False,
        rows=lambda: rows_of(
            rehearse_over(scheme, pack, from_on=said["from_on"], until_on=said["until_on"])
        ),
    )


def rows_of(found: Rehearsal) -> list[tuple[str, ...]]:
    both = ((found.in_force, found.was), (found.rehearsed, found.now))
    return [_row(pack.name, one) for pack, fell in both for one in fell]


def as_csv(found: Rehearsal) -> str:
    """The whole of it, for the command that writes it to a folder of this machine."""
    return written([one.says for one in COLUMNS], rows_of(found))


def _row(name: str, one: Fell) -> tuple[str, ...]:
    return (
        name, str(one.stay.resident), one.says, one.due_on.isoformat(), one.outcome,
        one.met_on.isoformat() if one.met_on else "", one.why, one.source,
    )  # fmt: skip
