"""What became of decisions: they are shown until they are closed."""

from __future__ import annotations

from alongside.organisation.models import Scheme
from alongside.reviews.models import Decision, DecisionQuerySet, Review
from alongside.stays.models import Stay


def unfinished_decisions(stay: Stay, *, but: Review | None = None) -> DecisionQuerySet:
    """Decisions of every review of this stay whose action has not ended, the oldest day first."""
    found = Decision.objects.for_page().filter(review__stay=stay).unfinished()
    if but:
        found = found.exclude(review=but)
    return found.order_by("due_on", "pk")


def late_decisions(scheme: Scheme) -> DecisionQuerySet:
    """Decisions whose day is past and whose action has not ended, of everybody staying here."""
    here = Decision.objects.for_page().filter(
        review__stay__scheme=scheme, review__stay__moved_out_on=None
    )
    return here.late(scheme.today()).order_by("due_on", "pk")
