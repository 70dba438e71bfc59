"""A review on paper: the invitation with its agenda, and the record of what it came to."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.reviews.models import InformationPack, Review
from alongside.reviews.queries.people import invitations_of
from alongside.reviews.queries.progress_report import ProgressReport
from alongside.reviews.queries.reviews import agenda_of
from alongside.ui.pdf import make_pdf


def paper_of(review: Review) -> bytes:
    """The record once it is sealed; before that the invitation, with nothing from the file."""
    return make_pdf("reviews/paper.typ", record(review) if review.content else invitation(review))


def invitation(review: Review) -> dict[str, Any]:
    """What everybody who is invited may read: when, where, who, and what about."""
    time = f", {review.planned_time:%H:%M}" if review.planned_time else ""
    people = [f"{one.name} ({one.who})" for one in invitations_of(review)]
    return {
        **_head(review, f"{review.planned_on:%A} {_day(review.planned_on)}{time}"),
        "parts": [
            ["Who is invited", people],
            ["What we talk about", [line.words for line in agenda_of(review)]],
        ],
    }


def record(review: Review) -> dict[str, Any]:
    """What the review came to, from what was sealed."""
    kept = review.content
    people = [f"{one['name']} ({one['as']}): {one['came'] or 'not said'}" for one in kept["people"]]
    view = kept["view"] or ("Did not wish to say anything." if kept["did_not_wish"] else "")
    parts = [["Who came", people], *([line["words"], _said(line)] for line in kept["agenda"])]
    decided = [
        f"{one['words']}: {one['name']}, by {_day(date.fromisoformat(one['due_on']))}"
        for one in kept["decisions"]
    ]
    later = review.addenda.select_related("written_by")
    parts += [
        [f"What {kept['person']} says", [view] if view else []],
        ["What it came to", [kept["summary"]] if kept["summary"] else []],
        ["What was decided", decided],
        [
            "Added later",
            [f"{_day(one.written_at.date())}, {one.written_by.name}: {one.words}" for one in later],
        ],
    ]
    held = date.fromisoformat(kept["held_on"])
    return {
        **_head(review, f"{held:%A} {_day(held)}"),
        "parts": [part for part in parts if part[1]],
    }


def _head(review: Review, when: str) -> dict[str, Any]:
    facts = [
        ["About", review.stay.resident.name],
        ["When", when],
        ["Where", review.place],
        ["Led by", review.leader],
    ]
    return {
        "title": review.says,
        "service": review.scheme.name,
        "facts": [fact for fact in facts if fact[1]],
    }


def _said(line: dict[str, Any]) -> list[str]:
    return [*line["file"], *([line["said"]] if line["said"] else [])]


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def progress_paper(report: ProgressReport, first: date, last: date) -> bytes:
    """A progress report on paper."""
    stay = report.stay
    goals = [f"{words}: {says}{'. ' + said if said else ''}" for words, says, said in report.goals]
    change = report.change
    scores = (
        [f"Like for like over {change.items} items: from {change.before} to {change.now}."]
        if change
        else []
    )
    outcomes = [f"{_day(on)}: {words}" for on, words in sorted(report.outcomes)]
    held = [f"{_day(one.on)}: {one.says}" for one in report.reviews]
    parts = [["Goals", goals], ["Scores", scores], ["Reached", outcomes], ["Reviews", held]]
    data = {
        "title": "Progress report",
        "service": stay.scheme.name,
        "facts": [["About", stay.resident.name], ["From", _day(first)], ["Until", _day(last)]],
        "parts": [part for part in parts if part[1]],
    }
    return make_pdf("reviews/paper.typ", data)


def pack_paper(pack: InformationPack) -> bytes:
    """The information for a meeting on paper."""
    review = pack.review
    facts = [
        ["About", review.stay.resident.name],
        ["For", f"{review.says}, {_day(review.planned_on)}"],
        ["Time", f"{_day(pack.from_on)} to {_day(pack.until_on)}"],
        ["Collated by", pack.collated_by.name],
    ]
    parts = [[part["says"], part["words"].split("\n")] for part in pack.parts if part["words"]]
    data = {"title": "Information for the meeting", "service": review.scheme.name}
    return make_pdf("reviews/paper.typ", {**data, "facts": facts, "parts": parts})
