"""The agenda of a review: what the person brings first, then the rest."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.residents.models import ByEither
from alongside.reviews.models.reviews import OfAReview, Review


class AgendaLine(ByEither, OfAReview):
    """One item of an agenda, and what was said under it.

    `key` is the item of the pack that it was copied from; an item somebody added has none.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"review", "key", "from_resident", "place"})

    review = models.ForeignKey(Review, models.PROTECT, related_name="agenda", db_index=False)
    key = models.SlugField(blank=True)
    words = models.TextField()
    from_resident = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField()
    said = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["review", "place"], name="agenda_by_review")]
        constraints = [
            *ByEither.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(words=""),
                name="an_agenda_item_has_words",
                violation_error_message="Write what it is about.",
            ),
            models.UniqueConstraint(
                fields=["review", "key"],
                condition=~Q(key=""),
                name="an_item_of_the_practice_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return self.words
