"""What is kept of an import: the file while it is needed, how it was read, and what it became."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from alongside.imports.verdicts import SAYS, Verdict
from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import visible
from alongside.residents.models import Resident
from alongside.stays.models import Stay


def file_place(run: ImportRun, filename: str) -> str:
    """Where a file of an import is kept; its own name is in the record, not in the path."""
    return f"imports/{run.pk.hex}/{filename}"


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, staff: Staff) -> ImportRunQuerySet:
        """Only imports at schemes where this person works."""
        return visible(staff, self)

    def for_page(self) -> ImportRunQuerySet:
        return self.select_related("scheme__organisation", "recorded_by", "applied_by").fetch_mode(
            models.FETCH_RAISE
        )

    def with_file(self) -> ImportRunQuerySet:
        return self.exclude(file="")


class ImportRun(Record):
    """One file brought to one scheme: looked through as often as needed, applied once.

    `mappings` says how each sheet is read, `questions` who must still be named, `notices` what
    stands beside the rows. The file itself is let go some days after it was applied.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "digest", "size", "counts", "begun_at", "applied_at", "file_let_go_at"}
    )
    LOCK_WITH = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="imports", db_index=False)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    delimiter = models.CharField(max_length=2, blank=True)
    file = models.FileField(upload_to=file_place, blank=True)
    rejected = models.FileField(upload_to=file_place, blank=True)
    mappings = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    notices = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    duplicates = models.JSONField(default=list)
    rejected_people = models.JSONField(default=list)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    begun_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    stopped_because = models.TextField(blank=True)
    file_let_go_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scheme", "-recorded_at"], name="import_by_scheme")]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(applied_at__isnull=False, begun_at__isnull=False),
                name="an_import_is_begun_before_it_is_applied",
            ),
            models.CheckConstraint(
                condition=Q(file_let_go_at=None) & ~Q(file="")
                | Q(file_let_go_at__isnull=False, file="", rejected=""),
                name="a_file_is_there_until_it_is_let_go",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def is_applied(self) -> bool:
        return self.applied_at is not None

    def is_under_way(self) -> bool:
        return self.begun_at is not None and self.applied_at is None and not self.stopped_because

    def count(self, *verdicts: str) -> int:
        """How many rows of these verdicts there are, in all sheets."""
        return sum(
            number
            for sheet in self.counts.values()
            for verdict, number in sheet.items()
            if verdict in verdicts
        )

    @property
    def to_bring(self) -> int:
        """How many rows would be, or were, brought in."""
        return self.count(Verdict.NEW, Verdict.WARNING, Verdict.UPDATE)

    @property
    def refused(self) -> int:
        return self.count(Verdict.REJECTED)


class RowVerdict(Record):
    """What became of one row in the last look through a file, and why, in words.

    `reasons` is a list of {"code", "cell", "heading", "found", "because", "instead"}.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows", db_index=False)
    sheet = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    verdict = models.CharField(max_length=12)
    about = models.CharField(max_length=200, blank=True)
    reasons = models.JSONField(default=list)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["order"]
        indexes = [
            models.Index(fields=["run", "order"], name="row_verdict_by_run"),
            models.Index(fields=["run", "verdict", "order"], name="row_verdict_by_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}: {self.verdict}"

    @property
    def verdict_says(self) -> str:
        return SAYS[Verdict(self.verdict)].says

    @property
    def tone(self) -> str:
        return SAYS[Verdict(self.verdict)].tone


class RememberedMapping(Record):
    """How a sheet with these headings is read here, so that nobody maps it twice."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"scheme", "kind"})

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="+", db_index=False)
    sheet_key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, blank=True)
    signature_digest = models.CharField(max_length=64)
    mapping = models.JSONField()
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "sheet_key", "signature_digest"],
                name="a_mapping_is_remembered_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet_key}: {self.kind}"


class RememberedAnswer(Record):
    """Who a name in a file means, as somebody here said once.

    One name may mean two people, of whom the one staying on the day is taken. `fingerprint`
    narrows an answer to one row. Somebody not on file yet is named in full, with the birthday.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"scheme", "resident", "answered_by"})

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="+", db_index=False)
    text = models.CharField(max_length=200)
    text_key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64, blank=True)
    resident = models.ForeignKey(Resident, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=400)
    born_on = models.DateField(null=True, blank=True)
    who_key = models.CharField(max_length=420)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["scheme", "text_key"], name="answer_by_text")]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "text_key", "fingerprint", "who_key"],
                name="an_answer_is_remembered_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.text} is {self.name}"


class RememberedWorker(Record):
    """Which member of staff a worker in files is, as somebody here said once.

    Nobody, when they are not on the staff list, having left or come from an agency.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"scheme", "staff", "answered_by"})

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="+", db_index=False)
    text = models.CharField(max_length=200)
    text_key = models.CharField(max_length=200)
    staff = models.ForeignKey(Staff, models.CASCADE, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "text_key"], name="a_worker_is_remembered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text} is {self.staff or 'somebody elsewhere'}"


class ImportedRow(Record):
    """One row that was brought in: what it was called, what it became, and the words kept of it.

    `fingerprint` tells a row brought twice, `identity` a row that has changed since. `kept` are
    the words that found no field of their own, under the headings they stood under.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "run", "kind", "number", "resident", "stay", "record_type", "record_id"}
    )

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+", db_index=False)
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="imported")
    sheet = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    identity = models.CharField(max_length=400)
    fingerprint = models.CharField(max_length=64)
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, related_name="+")
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, related_name="+")
    record_type = models.CharField(max_length=60)
    record_id = models.UUIDField()
    kept = models.JSONField(default=dict)
    name = models.JSONField(default=list)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["scheme", "identity"], name="imported_by_identity")]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "fingerprint"],
                name="a_row_is_brought_in_once",
                violation_error_message="This row has been brought in already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"

    def day(self) -> date:
        """The day the words are shown under: when they were brought, or the stay's last."""
        on = clock.today(self.scheme.time_zone)
        return min(on, self.stay.moved_out_on or on) if self.stay else on

    def words(self) -> str:
        said: dict[str, Any] = self.kept
        return "\n".join(f"{label}: {text}" for label, text in said.items())
