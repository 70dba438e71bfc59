"""What a scheme decided about its practice: which version, and which values of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.practice.changeable import WITHDRAWN, Kind, Value, in_words
from alongside.practice.own import VARIED
from alongside.stays.models import Stay


class Adoption(Record):
    """That a scheme works by a version of a pack from a day on. A later one replaces it."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"scheme", "pack_key", "pack_version", "from_on"})
    LOCK_WITH: ClassVar[tuple[str, ...]] = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="adoptions")
    pack_key = models.SlugField()
    pack_version = models.CharField(max_length=80)
    from_on = models.DateField()
    because = models.TextField()
    decided_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["scheme", "-recorded_at"], name="adoption_by_scheme")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(because=""),
                name="an_adoption_says_why",
                violation_error_message="Say why the practice changes.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack_key} {self.pack_version} from {self.from_on:%-d %B %Y}"


# What something of the scheme's own is before it was added, and once it is withdrawn.
_GONE = {"duties": "not owed", "aims": "not an aim of ours"}


class OwnValueQuerySet(models.QuerySet["OwnValue"]):
    def for_page(self) -> OwnValueQuerySet:
        return self.select_related("decided_by", "stay__resident").fetch_mode(models.FETCH_RAISE)


class OwnValue(Record):
    """One value that a scheme, or one person there, has otherwise than the pack from a day on.

    `section`, `key` and `field` say where it stands in the pack; a duty of the scheme's own has
    no field and is a whole table. No `value` means: as in the pack again. Nothing is ever
    edited; what is said later holds.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "stay", "section", "key", "field", "from_on"}
    )
    LOCK_WITH: ClassVar[tuple[str, ...]] = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="own_value_records")
    stay = models.ForeignKey(
        Stay, models.PROTECT, null=True, blank=True, related_name="own_value_records"
    )
    section = models.SlugField(max_length=40)
    key = models.CharField(max_length=80)
    field = models.SlugField(max_length=40, blank=True)
    kind = models.CharField(max_length=10, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    says = models.CharField(max_length=300)
    value = models.JSONField(null=True, blank=True)
    was = models.JSONField(null=True, blank=True)
    from_on = models.DateField()
    because = models.TextField()
    decided_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = OwnValueQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "-recorded_at"], name="own_value_by_scheme"),
            models.Index(fields=["stay", "-recorded_at"], name="own_value_by_stay"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(because=""),
                name="an_own_value_says_why",
                violation_error_message="Say why this is otherwise here.",
            ),
            models.CheckConstraint(
                condition=Q(stay=None) | Q(section__in=["duties", "terms"]),
                name="one_person_differs_in_what_is_owed_and_in_words",
                violation_error_message="This is the same for everybody.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.says}: {self.shown}"

    @property
    def shown(self) -> str:
        """The value as people say it."""
        return self._said(self.value)

    @property
    def was_shown(self) -> str:
        """What stood there before, as people say it."""
        return self._said(self.was)

    def _said(self, value: Value | dict[str, object] | None) -> str:
        if isinstance(value, dict):
            return str(value.get("says", ""))
        if self.field == VARIED:
            return "as for everybody"
        if self.field == WITHDRAWN:
            return "withdrawn" if value else "an aim of ours"
        if not self.field:
            return _GONE.get(self.section, "") if value is None else str(value)
        return in_words(Kind(self.kind), value, self.unit)
