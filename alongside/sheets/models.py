"""A sheet: the answers to questions a practice pack declares, in the version they were asked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.practice import pack as practice
from alongside.practice.contents import Pack
from alongside.practice.sheets import Sheet as Asked
from alongside.residents.models import Resident
from alongside.stays.models import Stay


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, staff: Staff) -> SheetQuerySet:
        """Only sheets of schemes where this person works."""
        return visible(staff, self)

    def for_page(self) -> SheetQuerySet:
        return (
            shown(self)
            .select_related(
                "scheme__organisation",
                "resident",
                "stay__scheme__organisation",
                "stay__resident",
                "stay__bed",
                "begun_by",
                "finished_by",
                "worker",
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class Sheet(Record):
    """One asking of a sheet. A draft until somebody finishes it; then it is never changed.

    It is about a stay, about a colleague (`worker`), or about the service. `answers` are keyed
    by question; `given` says for each who answered last and when. A correction is a new sheet
    that names the one it `corrects`. `answers_to` is the record it answers, by which its duty
    tells it apart: the complaint, of a reply. It is its own key when it answers none of them, and
    empty when it was never asked.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "scheme",
            "stay",
            "key",
            "pack_key",
            "pack_version",
            "finished_at",
            "version",
            "answers_to",
        }
    )
    LOCK_WITH = ("scheme__organisation", "stay__scheme__organisation", "stay__resident", "resident")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="sheets")
    worker = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.SlugField(max_length=60)
    pack_key = models.SlugField(max_length=60)
    pack_version = models.CharField(max_length=80)
    answers = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    finished_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    answers_to = models.CharField(max_length=80, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "key", "-recorded_at"], name="sheet_by_stay")]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
                name="sheet_is_finished_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(stay=None) | Q(worker=None),
                name="sheet_is_about_somebody_here_or_a_colleague",
            ),
        ]

    def __str__(self) -> str:
        return self.asked.says

    @property
    def pack(self) -> Pack:
        """The practice in the version in which the questions were asked."""
        return practice.pack(self.pack_key, self.pack_version)

    @property
    def asked(self) -> Asked:
        """The questions, as they were worded then."""
        return self.pack.sheet(self.key)

    def is_draft(self) -> bool:
        return self.finished_at is None
