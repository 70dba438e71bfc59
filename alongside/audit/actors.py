"""Who can act: a member of staff, a resident, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from alongside.kit.records import AtScheme
from alongside.practice.actions import Action


class Actor(Protocol):
    """Anyone who can be the `by` of an operation."""

    @property
    def ACTOR_KIND(self) -> str: ...  # noqa: N802

    @property
    def actor_id(self) -> UUID | None: ...

    @property
    def actor_name(self) -> str: ...

    def may(self, action: Action, subject: AtScheme) -> bool:
        """Whether this actor's role, here and today, includes the action."""
        ...

    def acting_for(self, action: Action | None, subject: AtScheme) -> UUID | None:
        """For whom they do it, when the right to is somebody else's; None when it is their own."""
        ...


@dataclass(frozen=True, slots=True)
class System:
    """Work nobody asked for by hand, such as the nightly recalculation."""

    actor_name: str
    ACTOR_KIND: str = "system"
    actor_id: UUID | None = None

    def may(self, action: Action, subject: AtScheme) -> bool:
        return True

    def acting_for(self, action: Action | None, subject: AtScheme) -> UUID | None:
        return None
