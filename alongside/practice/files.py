"""The file that a service keeps on each person: its entries and the documents in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum, auto

from alongside.practice.keyed import Keyed


class Needed(StrEnum):
    """When a document has to be there."""

    ALWAYS = auto()
    WHEN_IT_APPLIES = auto()
    OPTIONAL = auto()


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One kind of document. `applies` says in words when it is needed; `expires` asks for a date.

    `copy_to_person` means that the person holds a copy of the version in force.
    """

    key: str
    says: str
    needed: Needed = Needed.ALWAYS
    applies: str = ""
    expires: bool = False
    copy_to_person: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One entry of the checklist of a file."""

    key: str
    says: str
    source: str
    documents: Keyed[DocumentType] = field(default_factory=Keyed)
