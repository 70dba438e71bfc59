"""The roles of a service: who answers to whom, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.practice.actions import Action


@dataclass(frozen=True, slots=True)
class Role:
    """One role. `holds_cases` may be somebody's key worker; `case_access` may open files at all.

    `else_held_by` is the role whose holder has this one too on a case where nobody was named.
    """

    key: str
    says: str
    plural: str
    reports_to: str = ""
    may: frozenset[Action] = frozenset()
    case_access: bool = True
    holds_cases: bool = False
    else_held_by: str = ""
    source: str = ""

    def __str__(self) -> str:
        return self.says
