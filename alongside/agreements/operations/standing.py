"""Probation and full standing of a stay."""

from __future__ import annotations

from datetime import date

from alongside.agreements.models import (
    Standing,
)
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


@operation("agreement.support_agreement_begun", needs=Action.ADMIT, unless=already_ended)
def start_support_agreement(
    stay: Stay, *, by: Actor, started_on: date | None = None, conditions: str = ""
) -> Standing:
    """Begin somebody's support agreement, on probation, on the day they moved in.

    Refused when it has begun already. Source: Key Working, step 2.
    """
    if begun := _standing(stay):
        raise Refused(
            f"Their support agreement began on {begun.from_on:%-d %B %Y}.",
            instead="Look at it under agreements.",
        )
    return _stand(
        stay, Standing.Kind.PROBATION, by, started_on or stay.moved_in_on, conditions=conditions
    )


@operation("agreement.full_resident", needs=Action.PROMOTE, unless=already_ended)
def make_full_resident(stay: Stay, *, by: Actor, on: date) -> Standing:
    """Turn probation into full residence. Called by the promotion to the first stage only.

    It never happens by itself after so many days. Somebody who is a full resident stays one.
    Source: Key Working, Appendix 2, stage 1.
    """
    now = _standing(stay)
    if now and now.kind == Standing.Kind.FULL:
        return now
    return _stand(stay, Standing.Kind.FULL, by, on)


@operation("agreement.back_to_probation", needs=Action.DEMOTE, unless=already_ended)
def return_to_probation(stay: Stay, *, by: Actor, on: date, conditions: str = "") -> Standing:
    """Turn full residence back into probation. Called by a demotion below the first stage."""
    now = _standing(stay)
    if now and now.kind == Standing.Kind.PROBATION:
        return now
    return _stand(stay, Standing.Kind.PROBATION, by, on, conditions=conditions)


def _standing(stay: Stay) -> Standing | None:
    return Standing.objects.filter(stay=stay).order_by("from_on", "pk").last()


def _stand(stay: Stay, kind: str, by: Actor, on: date, conditions: str = "") -> Standing:
    stay.require_current(on=on, field="on")
    return Standing.objects.create(
        stay=stay,
        kind=kind,
        from_on=on,
        conditions=conditions,
        recorded_by=by if isinstance(by, Staff) else None,
    )
