"""Review types: what each is for, who leads it, its agenda, and the duty that gives its clock."""

from __future__ import annotations

from dataclasses import dataclass, field

from alongside.practice.keyed import Keyed


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One line of the agenda. `from_resident` lines come first."""

    key: str
    says: str
    help: str = ""
    from_resident: bool = False
    prefilled_by: str = ""


@dataclass(frozen=True, slots=True)
class ReviewType:
    """One kind of review. Its dates are those of the duty named by `duty`.

    Without a duty it is held when it is needed, and nothing is owed. `reconciles` shows reported
    actions beside their evidence; `needs_report` asks for the period report first;
    `view_required` asks for the person's own words or "did not wish".
    """

    key: str
    says: str
    plural: str
    led_by: tuple[str, ...]
    source: str
    duty: str = ""
    agenda: Keyed[AgendaItem] = field(default_factory=Keyed)
    signed_by: tuple[str, ...] = ()
    invite: tuple[str, ...] = ()
    reconciles: bool = False
    needs_report: bool = False
    view_required: bool = True
