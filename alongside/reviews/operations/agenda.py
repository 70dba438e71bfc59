"""What is put on the agenda of a review."""

from __future__ import annotations

from django.db.models import Max

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.practice.actions import Action
from alongside.residents.models import Resident, made_by
from alongside.reviews.models import AgendaLine, Review
from alongside.reviews.operations.checks import not_booked, require_words


@operation("review.agenda_item_added", needs=Action.ADD_TO_AGENDA, unless=not_booked)
def add_agenda_item(
    review: Review, *, by: Actor, words: str, from_resident: bool = False
) -> AgendaLine:
    """Put something on the agenda. What comes from the resident stands first.

    Refused when nothing is written.
    """
    last = review.agenda.aggregate(last=Max("place"))["last"]
    return AgendaLine.objects.create(
        review=review,
        words=require_words(words, field="words", instead="Write what it is about."),
        from_resident=from_resident or isinstance(by, Resident),
        place=(last or 0) + 1,
        **made_by(by),
    )


def belongs_to_the_practice(line: AgendaLine) -> Refused | None:
    if line.key:
        return Refused(
            "This item belongs to every review of this kind.",
            instead="Leave it, and write under it that there was nothing to say.",
        )
    return not_booked(line.review)


@operation("review.agenda_item_removed", needs=Action.SET_UP_REVIEW, unless=belongs_to_the_practice)
def take_agenda_item_off(line: AgendaLine, *, by: Actor) -> AgendaLine:
    """Take an item off that somebody added, before the review is held.

    Refused for what the resident brought, and for the items of the practice.
    """
    if line.from_resident and not isinstance(by, Resident):
        raise Refused(
            "They put this on the agenda themselves.", instead="Talk about it at the review."
        )
    AgendaLine.objects.filter(pk=line.pk).delete()
    return line
