"""What these pages say, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from alongside.organisation.models import Staff
from alongside.overview.queries.accounted import Answered
from alongside.overview.queries.answering import answers_about
from alongside.stays.models import Stay
from alongside.ui.pdf import make_pdf


def answers_on_paper(stay: Stay, *, viewer: Staff) -> bytes:
    """Who answers for what, all of it, as PDF."""
    rows = [
        [
            one.who or "Nobody",
            f"{one.kind}: {one.says}",
            f"{one.by_on:%-d %b %Y}" if one.by_on else "",
            " ".join(filter(None, [f"{one.why}." if one.to_do else one.why, one.to_do])),
        ]
        for one in _all_of(stay, viewer)
    ]
    data = {
        "name": stay.resident.name,
        "service": stay.scheme.name,
        "made": f"{stay.scheme.today():%-d %B %Y}",
        "rows": rows,
    }
    return make_pdf("overview/answering.typ", data)


def _all_of(stay: Stay, viewer: Staff) -> Iterator[Answered]:
    """Part by part, until nothing comes after."""
    for part in count():
        told = answers_about(stay, viewer=viewer, part=part)
        yield from told
        if not told.more:
            return
