"""Who could be this person's key worker: everybody, ranked, with every factor in the open.

Nobody is chosen by this. It proposes; the points of each factor are the practice pack's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alongside.allocations.models import LEAD, Allocation, CaseMark, Wish, WorkerProfile
from alongside.allocations.queries import loads, wishes_of
from alongside.kit.together import read
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.other_duties.queries import counted as counted_duties
from alongside.other_duties.queries import owed_days
from alongside.practice.rules import Limit
from alongside.residents.names import name_key
from alongside.sheets.gates import GateOf, gates_of
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Room:
    """How many people a worker holds, of how many."""

    held: int
    least: int
    most: int
    people: int | None = None

    def is_full(self) -> bool:
        return self.held >= self.most

    def can_take_more(self) -> bool:
        return self.held < self.least

    @property
    def says(self) -> str:
        """In words: how many people, how many more there is room for, and what they weigh."""
        people = self.held if self.people is None else self.people
        holds = f"{people} {'person' if people == 1 else 'people'}" if people else "Nobody yet"
        weighs = f", who count as {self.held}" if people != self.held else ""
        left = max(self.most - self.held, 0)
        return f"{holds}{weighs}, {f'room for {left}' if left else 'no room'}"


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that speaks for or against a worker, in points."""

    says: str
    points: int
    warns: bool = False


type Notices = Callable[[Scheme, Iterable[UUID]], Mapping[UUID, str]]
NOTICES: list[Notices] = []


def candidate_notice(notices: Notices) -> Notices:
    """Register what else should be known of candidates: of a scheme's workers, by key, in words.

    Rooms above tell it, such as who is away. It takes no points: whoever chooses weighs it.
    """
    NOTICES.append(notices)
    return notices


@dataclass(frozen=True, slots=True)
class Candidate:
    """A worker who may be chosen, with what speaks for them, and what else should be known."""

    worker: Staff
    room: Room
    factors: tuple[Factor, ...] = field(default_factory=tuple)
    brings: WorkerProfile | None = None
    notices: tuple[str, ...] = ()
    gates: tuple[GateOf, ...] = ()

    @property
    def is_barred(self) -> bool:
        """Whether the practice lets nobody choose them yet."""
        return any(one.bars for one in self.gates)

    @property
    def missing(self) -> list[GateOf]:
        """What they have not shown, of what the practice asks."""
        return [one for one in self.gates if not one.is_open]

    @property
    def warning(self) -> str:
        """What stands in the way without forbidding it, or nothing."""
        return "; ".join(factor.says for factor in self.factors if factor.warns)

    @property
    def points(self) -> int:
        return sum(factor.points for factor in self.factors)

    @property
    def order(self) -> tuple[bool, int, str]:
        """Those who cannot be chosen as they are come last, then the most points first."""
        last = self.is_barred or self.room.is_full() or any(one.needs_reason for one in self.gates)
        return (last, -self.points, self.worker.name)


def room_of(scheme: Scheme, held: int, *, people: int | None = None) -> Room:
    """The room of somebody who holds that many, by the limits of the scheme's pack.

    `people` is how many they are, where some count for more or less than one.
    """
    limits = scheme.pack.limits
    return Room(held, int(limits["caseload_least"]), int(limits["caseload_most"]), people)


def may_hold(scheme: Scheme, role: str = LEAD) -> list[Membership]:
    """The memberships that let somebody hold this role on a case here today, by name.

    Any role that holds cases may be a key worker; a manager may hold every role.
    """
    roles = [one.key for one in scheme.pack.roles if _fits(one.key, role, scheme)]
    working = Membership.objects.current(scheme.today()).filter(scheme=scheme, role__in=roles)
    return list(working.select_related("staff").order_by("staff__name", "staff_id"))


def _fits(own: str, role: str, scheme: Scheme) -> bool:
    found = scheme.pack.role(own)
    if not found.holds_cases:
        return False
    return role in (LEAD, own) or not found.reports_to


def candidates(
    stay: Stay, *, role: str = LEAD, wishes: Iterable[Wish] | None = None
) -> list[Candidate]:
    """Everybody who may hold the role, the best fit first; who holds it now is left out.

    `wishes` are those of the person, the latest first, where they are at hand already.
    """
    memberships = may_hold(stay.scheme, role)
    held_now = set(
        Allocation.objects.filter(stay=stay, role=role, until_on=None)
        .lasting()
        .values_list("worker_id", flat=True)
    )
    workers = {m.staff_id: m.staff for m in memberships if m.staff_id not in held_now}
    own_roles: dict[UUID, set[str]] = {}
    for membership in memberships:
        own_roles.setdefault(membership.staff_id, set()).add(membership.role)
    match = _Match(stay, role, wishes, owed_days(stay.scheme, workers))
    counted = loads(workers.values(), role)
    told = [notices(stay.scheme, workers) for notices in NOTICES]
    besides = counted_duties(match.besides, on=stay.scheme.today())
    told.append({key: one.says for key, one in besides.items()})
    gates = gates_of(stay.scheme, workers, role=role)
    found = [
        Candidate(
            worker,
            room_of(stay.scheme, counted[key].weighs, people=counted[key].people),
            tuple(match.factors(worker, counted[key].weighs, own_roles[key])),
            match.profiles.get(key),
            tuple(one[key] for one in told if key in one),
            tuple(gates[key]),
        )
        for key, worker in workers.items()
    ]
    return sorted(found, key=lambda one: one.order)


def spread(found: list[Candidate]) -> int:
    """The most that anybody holds less the least that anybody holds."""
    held = [one.room.held for one in found]
    return max(held) - min(held) if held else 0


def is_proposed(found: list[Candidate], worker: Staff) -> bool:
    """Whether nobody stands above this worker; several may share the first place."""
    chosen = next((one for one in found if one.worker.pk == worker.pk), None)
    return bool(chosen) and chosen.order[:2] == found[0].order[:2] if found and chosen else False


class _Match:
    """What is asked about the resident once, to be held against every worker."""

    def __init__(
        self, stay: Stay, role: str, wishes: Iterable[Wish] | None, besides: QuerySet[Any, Any]
    ) -> None:
        self.stay, self.role, self.besides = stay, role, besides
        self.limits = stay.scheme.pack.limits
        wishes = wishes_of(stay)[:1] if wishes is None else wishes
        marks = CaseMark.objects.filter(stay=stay, replaced_at=None)
        profiles = WorkerProfile.objects.filter(worker__organisation=stay.scheme.organisation_id)
        read(marks, profiles, besides, *([wishes] if isinstance(wishes, QuerySet) else []))
        self.wish: Wish | None = next(iter(wishes), None)
        self.languages = _words(stay.resident.languages)
        known = Allocation.objects.filter(stay__resident_id=stay.resident_id)
        self.knows = set(known.values_list("worker_id", flat=True))
        self.profiles = {one.worker_id: one for one in profiles}
        mark = next(iter(marks), None)
        intensity = stay.scheme.pack.choices("intensity").get(mark.intensity if mark else "")
        self.intensity = intensity.says if intensity else ""
        self.asks_for = intensity.started_by if intensity else ()

    def factors(self, worker: Staff, held: int, own: set[str]) -> Iterator[Factor]:
        yield Factor(_holds(held), -held * self._points("match_each_person"))
        if self.asks_for and not own & set(self.asks_for):
            yield Factor(
                f"{self.intensity}, and this is another role",
                -self._points("match_intensity"),
                warns=True,
            )
        if self.role not in own:
            yield Factor("Another role here", -self._points("match_other_role"))
        if shared := self.languages & _words(self._profile(worker).languages):
            said = ", ".join(sorted(word.capitalize() for word in shared))
            yield Factor(f"Speaks {said}", self._points("match_language"))
        if wished := self._wished(worker):
            yield Factor(wished, self._points("match_wish"))
        if worker.pk in self.knows:
            yield Factor("Knows them already", self._points("match_continuity"))

    def _wished(self, worker: Staff) -> str:
        """How this worker meets the person's own wish, or nothing."""
        wish = self.wish
        if wish is None:
            return ""
        if wish.worker_id == worker.pk:
            return "Their own wish"
        profile, resident = self._profile(worker), self.stay.resident
        if wish.wish == "same_gender" and resident.gender:
            same = name_key(profile.gender) == name_key(resident.gender)
            return "The gender they wish for" if same else ""
        if wish.wish == "language" and self.languages & _words(profile.languages):
            return "The language they wish for"
        return ""

    def _profile(self, worker: Staff) -> WorkerProfile:
        return self.profiles.get(worker.pk) or WorkerProfile(worker_id=worker.pk)

    def _points(self, limit: str) -> int:
        found: Limit | None = self.limits.get(limit)
        return int(found) if found else 0


def _holds(held: int) -> str:
    """What a caseload says for or against taking one more."""
    if not held:
        return "Has nobody yet"
    return f"Has {held} already"


def _words(listed: str) -> frozenset[str]:
    return frozenset(filter(None, (name_key(part) for part in listed.replace(";", ",").split(","))))
