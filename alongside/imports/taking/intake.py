"""Who and what is at hand while rows are taken in: people, stays, beds and staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from alongside.accommodation.models import Bed
from alongside.accommodation.operations import add_bed
from alongside.audit.actors import Actor
from alongside.imports.kinds.people import NEVER
from alongside.imports.models import ImportedRow
from alongside.imports.plan import ImportPlan, RowPlan
from alongside.imports.register import KnownPerson
from alongside.imports.words import kinds
from alongside.kit.records import AtScheme, Record
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.operations import employ
from alongside.practice.actions import Action
from alongside.residents.models import Resident
from alongside.stays.models import Stay

NOT_NAMED = "Not named in the older records"


@dataclass(frozen=True, slots=True)
class FromOlderRecords:
    """Somebody bringing older records in: named in the journal, but not as who wrote them then.

    Rooms take what such an actor brings as it was. That they may import is asked before.
    """

    actor: Actor

    @property
    def ACTOR_KIND(self) -> str:  # noqa: N802
        return self.actor.ACTOR_KIND

    @property
    def actor_id(self) -> UUID | None:
        return self.actor.actor_id

    @property
    def actor_name(self) -> str:
        return self.actor.actor_name

    def may(self, action: Action, subject: AtScheme) -> bool:
        return True

    def acting_for(self, action: Action | None, subject: AtScheme) -> UUID | None:
        return self.actor.acting_for(action, subject)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a row became: the record, whom and which stay it is about, and words without a field."""

    record: Record
    resident: Resident | None = None
    stay: Stay | None = None
    kept: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Intake:
    """Everything that taking in a row asks for; filled once, and kept up to date as rows come."""

    scheme: Scheme
    by: FromOlderRecords
    plan: ImportPlan
    today: date
    recorder: Staff
    not_named: Staff
    staff: dict[str, Staff]
    residents: dict[str, Resident]
    stays: dict[UUID, list[Stay]]
    beds: dict[str, Bed]
    earlier: dict[str, ImportedRow]
    taken: set[UUID] = field(default_factory=set)
    made_beds: set[UUID] = field(default_factory=set)
    stage_in_doubt: set[UUID] = field(default_factory=set)

    @classmethod
    def opened(cls, scheme: Scheme, by: Actor, plan: ImportPlan) -> Intake:
        """Ready to take in this plan; a fixed number of queries."""
        bringing = FromOlderRecords(by)
        not_named = nobody_named(scheme, bringing)
        people = Resident.objects.filter(organisation_id=scheme.organisation_id)
        intake = cls(
            scheme=scheme,
            by=bringing,
            plan=plan,
            today=scheme.today(),
            recorder=by if isinstance(by, Staff) else not_named,
            not_named=not_named,
            staff={str(one.pk): one for one in Staff.objects.at(scheme)},
            residents={str(one.pk): one for one in people},
            stays={},
            beds={bed.name: bed for bed in Bed.objects.filter(scheme=scheme)},
            earlier={row.identity: row for row in ImportedRow.objects.filter(scheme=scheme)},
        )
        for stay in Stay.objects.filter(scheme=scheme).select_related(*Stay.LOCK_WITH):
            intake.remember_stay(stay)
        return intake

    def known(self, key: str) -> KnownPerson:
        return self.plan.register.people[key]

    def person(self, key: str) -> Resident:
        """The resident of that key. Refused when their own row could not be taken in."""
        if resident := self.residents.get(key):
            return resident
        raise Refused(
            "This person’s own row could not be brought in.",
            instead="Mend that row, and bring both again.",
        )

    def remember_stay(self, stay: Stay) -> None:
        listed = [one for one in self.stays.get(stay.resident_id, []) if one.pk != stay.pk]
        self.stays[stay.resident_id] = [*listed, stay]
        if stay.bed_id and stay.is_current():
            self.taken.add(stay.bed_id)

    def stays_of(self, resident: Resident) -> list[Stay]:
        return self.stays.get(resident.pk, [])

    def stay_near(self, resident: Resident, first: date, last: date | None = None) -> Stay:
        """The stay that holds those days or lies nearest. Refused when there is none at all."""
        last = last or first
        stays = self.stays_of(resident)
        if not stays:
            raise Refused(
                f"{resident} has no stay here.",
                instead="Bring the list of people first, then this row again.",
            )
        return min(stays, key=lambda stay: (_days_outside(stay, first, last), -_ends(stay)))

    def worker(self, key: str) -> Staff:
        """That member of staff, or the stand-in for somebody the records do not name."""
        return self.staff.get(key, self.not_named)

    def worker_name(self, key: str) -> str:
        return self.staff[key].name if key in self.staff else ""

    def bed(self, room: str, *, living_there: bool) -> Bed | None:
        """The bed of that name, made when there is none; None when somebody else is living in it.

        A room that only the file knows may hold several people: each has a bed space of its own.
        """
        if not room:
            return None
        bed = self.beds.get(room) or self._make_bed(room)
        if not living_there or bed.pk not in self.taken:
            return bed
        if bed.pk not in self.made_beds:
            return None
        number = 2
        while (name := f"{room} ({number})") in self.beds:
            number += 1
        return self._make_bed(name)

    def _make_bed(self, name: str) -> Bed:
        order = len(self.beds)
        bed = add_bed(self.scheme, by=self.by, name=name[:40], order=order)
        self.beds[name] = bed
        self.made_beds.add(bed.pk)
        return bed


def nobody_named(scheme: Scheme, by: Actor) -> Staff:
    """The one who stands for every worker that older records do not name; cannot sign in."""
    email = f"not-named@{scheme.organisation.slug}.invalid"
    if found := Staff.objects.filter(email=email).first():
        return found
    return employ(scheme.organisation, by=by, name=NOT_NAMED, email=email)


def labelled(row: RowPlan, *texts: Mapping[str, str], used: frozenset[str]) -> dict[str, str]:
    """Words under the names of their fields, less those that have a field of their own."""
    words = kinds()[row.kind]
    found: dict[str, str] = {}
    for text in texts:
        for name, said in text.items():
            label = words.field(name)
            if name not in used and said:
                found[label.label if label else name.capitalize()] = said
    return found


def _days_outside(stay: Stay, first: date, last: date) -> int:
    if stay.moved_in_on > last:
        return (stay.moved_in_on - last).days
    if stay.moved_out_on and stay.moved_out_on < first:
        return (first - stay.moved_out_on).days
    return 0


def _ends(stay: Stay) -> int:
    return (stay.moved_out_on or NEVER).toordinal()
