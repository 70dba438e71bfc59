"""How the house says no: what stopped it, and what to do instead."""

from __future__ import annotations

from collections.abc import Callable


class Refused(Exception):
    """A refusal in two sentences, for the person who asked.

    `field` names the form field it is about, so that the words can stand beside it.
    `afterwards` writes what must stay although nothing was done, such as a wrong PIN; the
    operation calls it once everything else is undone.
    """

    def __init__(
        self,
        because: str,
        *,
        instead: str,
        field: str | None = None,
        afterwards: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(f"{because} {instead}")
        self.because, self.instead, self.field = because, instead, field
        self.afterwards = afterwards


class NotPermitted(Refused):
    """This person may not do this here, whatever the state of the record."""


class ChangedMeanwhile(Refused):
    """Somebody else changed the record since this page was opened.

    `theirs` holds what they wrote, field by field, so that both texts can be shown and
    nobody's is lost; `version` is the number their text has now.
    """

    def __init__(
        self, because: str, *, instead: str, theirs: dict[str, str], version: int = 0
    ) -> None:
        super().__init__(because, instead=instead)
        self.theirs, self.version = theirs, version
