"""A paper in somebody’s file, with the versions it had."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record, new_key
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.practice.actions import Action
from alongside.stays.models import Stay


def place(document: Document, filename: str) -> str:
    """Where the file is kept: a name by chance, which says nothing of whose it is or what."""
    return f"documents/{new_key().hex}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, staff: Staff) -> DocumentQuerySet:
        """In files they may open; restricted ones only where they may read such."""
        may = [one.pk for one in staff.schemes() if staff.may(Action.READ_RESTRICTED, one)]
        return visible(staff, self).filter(Q(restricted=False) | Q(stay__scheme_id__in=may))

    def in_force(self) -> DocumentQuerySet:
        """The newest version of each."""
        return self.filter(replaced_by=None)

    def for_page(self) -> DocumentQuerySet:
        return (
            shown(self)
            .select_related(
                "uploaded_by", "stay__resident", "stay__scheme__organisation", "stay__bed"
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class Document(Record):
    """A file with its kind, title and date. A newer version is a new row; the old one is kept."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "kind", "dated_on", "restricted", "file_kind", "size", "fingerprint",
         "uploaded_by", "uploaded_at", "replaces"}
    )  # fmt: skip
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="documents")
    kind = models.SlugField()
    title = models.CharField(max_length=160)
    dated_on = models.DateField()
    restricted = models.BooleanField(default=False)
    file = models.FileField(upload_to=place)
    file_name = models.CharField(max_length=160)
    file_kind = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "-dated_on", "-id"], name="document_by_stay")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & Q(size__gt=0),
                name="document_has_a_title_and_a_content",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id

    @property
    def kind_says(self) -> str:
        found = self.stay.scheme.pack.choices("document_kinds").get(self.kind)
        return str(found or self.kind)
