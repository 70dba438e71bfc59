"""Who owes a duty now: the first of its owners who exists and is present.

The pack lists owners in order: a role of the service ("coordinator"), whoever covers for its
holder ("cover:coordinator"), "resident", "line_manager" (of the member of staff it is about) and
"worker" (that member of staff). For each in turn:

- who holds the role on the case owes it; if they are away, whoever covers for them; if nobody
  does, their line manager;
- a role that is not held case by case is owed by whoever works here in it: the line manager of
  who holds the case if they are among them, else whoever has been in it the longest;
- a named worker owes nothing while the practice does not work with named workers;
- what the resident is first to do is theirs, and the next one supports them.

If nobody was found, whoever works here in the last role on the list, then the one before. A duty
never falls to the member of staff whom it concerns. What is owed about somebody falls to
themselves only as `worker`, and never to those who answer to them: nobody supervises themselves
or whoever leads them. Where that leaves nobody, it goes up the
reporting lines of the practice from what they are, to whoever works here in a role above; and
where nobody does it falls to whoever may owe it elsewhere in the organisation, if the kind of
subject knows of any (`About.beyond`); else it stands without an owner, for those who can name a
line manager.

The rooms above say who holds which role and who is away, by `knows_holders` and `knows_absence`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Model

from alongside.duties.models import How
from alongside.duties.subjects import About
from alongside.organisation.models import Membership, Scheme
from alongside.practice.actions import Action
from alongside.practice.contents import Pack

COVER = "cover:"
RESIDENT, LINE_MANAGER, WORKER = "resident", "line_manager", "worker"
NAMED_WORKER = "key_worker"  # whom nobody has while key working is switched off


@dataclass(frozen=True, slots=True)
class Away:
    """That somebody is away from a scheme today, and who covers for them there, if anybody.

    `on_case` names who covers for one person (by stay), who goes before `cover`.
    """

    cover: UUID | None = None
    on_case: Mapping[UUID, UUID] = field(default_factory=dict)

    def covered_by(self, case: UUID | None) -> UUID | None:
        """Who covers on that case; for a duty that is about no case, whoever covers for all."""
        return (self.on_case.get(case) if case else None) or self.cover


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owes it, in which role, and how it came to them."""

    staff: UUID | None = None
    role: str = ""
    how: str = ""
    instead_of: UUID | None = None
    support: bool = False


type Held = Mapping[str, UUID]
type Holders = Callable[[Sequence[UUID], date | None], Mapping[UUID, Held]]
type Absences = Callable[[Scheme, date], Mapping[UUID, Away]]
type Schemes = Callable[[Any], Iterable[Scheme]]


@dataclass(frozen=True, slots=True)
class Known[F]:
    """What a room knows about owners, and which kinds of record change it."""

    ask: F
    reads: frozenset[type[Model]]
    schemes: Schemes | None = None


HOLDERS: list[Known[Holders]] = []
ABSENCES: list[Known[Absences]] = []


def knows_holders(*, reads: Sequence[type[Model]]) -> Callable[[Holders], Holders]:
    """Register who holds which role on these stays: {stay key: {role: staff key}}.

    It is asked for a day that has passed, or for now when the day is None.
    """

    def register(ask: Holders) -> Holders:
        HOLDERS.append(Known(ask, frozenset(reads)))
        return ask

    return register


def knows_absence(
    *, reads: Sequence[type[Model]], schemes: Schemes | None = None
) -> Callable[[Absences], Absences]:
    """Register who is away from a scheme on a day: {staff key: Away(cover=staff key or None)}.

    When a record of the kinds in `reads` is written, every open duty at its scheme is routed
    again. A record without a `scheme` names the schemes it matters to by `schemes`.
    """

    def register(ask: Absences) -> Absences:
        ABSENCES.append(Known(ask, frozenset(reads), schemes))
        return ask

    return register


def read_for_owners() -> set[type[Model]]:
    """The kinds of record that can change who owes what."""
    known = [*(one.reads for one in HOLDERS), *(one.reads for one in ABSENCES)]
    return {Membership}.union(*known)


def schemes_told_by(record: Any) -> list[Scheme]:
    """The schemes whose open duties a changed record can route anew."""
    for one in ABSENCES:
        if type(record) in one.reads and one.schemes:
            return list(one.schemes(record))
    scheme = getattr(record, "scheme", None)
    return [scheme] if isinstance(scheme, Scheme) else []


@dataclass(frozen=True, slots=True)
class Directory:
    """Who works at a scheme on a day, as what and under whom; and who is away. Loaded once.

    `then` is that day if it has passed, and None for today.
    `free` are those in a role who are not away, in the same order as in `roles`.
    """

    pack: Pack
    roles: Mapping[str, Sequence[UUID]]
    managers: Mapping[UUID, UUID]
    away: Mapping[UUID, Away]
    held: dict[UUID, dict[str, UUID]] = field(default_factory=dict)
    free: Mapping[str, Mapping[UUID, None]] = field(default_factory=dict)
    present: frozenset[UUID] = frozenset()
    then: date | None = None

    @classmethod
    def of(cls, scheme: Scheme, *, on: date) -> Directory:
        """Everybody who works there; who holds which role on a case is asked by `ask_for`."""
        roles: dict[str, list[UUID]] = {}
        managers: dict[UUID, UUID] = {}
        then = on if on < scheme.today() else None
        working = Membership.objects.current(on).filter(scheme=scheme)
        if then is None:
            working = working.filter(staff__is_active=True)
        for one in working.order_by("from_on", "pk"):
            roles.setdefault(one.role, []).append(one.staff_id)
            if one.line_manager_id:
                managers.setdefault(one.staff_id, one.line_manager_id)
        away: dict[UUID, Away] = {}
        for absences in ABSENCES:
            away.update(absences.ask(scheme, on))
        free = {
            role: dict.fromkeys(one for one in every if one not in away)
            for role, every in roles.items()
        }
        present = frozenset(one for those in free.values() for one in those)
        return cls(scheme.pack, roles, managers, away, {}, free, present, then)

    def ask_for(self, stays: Iterable[UUID]) -> None:
        """Read who holds which role on these stays, of which that is not known yet."""
        if unknown := [stay for stay in dict.fromkeys(stays) if stay not in self.held]:
            self.held.update((stay, {}) for stay in unknown)
            for holders in HOLDERS:
                for stay, roles_held in holders.ask(unknown, self.then).items():
                    self.held[stay].update(roles_held)

    def is_present(self, staff: UUID) -> bool:
        return staff in self.present

    def stand_in(
        self, staff: UUID, *, never: Collection[UUID], case: UUID | None = None
    ) -> tuple[UUID, How] | None:
        """Who acts for somebody who cannot: their cover, else up the line to who is present."""
        cover = self.away[staff].covered_by(case) if staff in self.away else None
        if cover and cover not in never and cover not in self.away:
            return cover, How.COVER
        seen = {staff}
        while (above := self.managers.get(staff)) and above not in seen:
            if above not in never and above not in self.away:
                return above, How.LINE
            seen.add(above)
            staff = above
        return None


def elsewhere(scheme: Scheme, action: Action) -> Iterator[UUID]:
    """Those who may do this at another scheme of the organisation and are not away from it.

    By the name of the scheme, and there by how long they have been in the role.
    """
    others = Scheme.objects.filter(organisation_id=scheme.organisation_id).exclude(pk=scheme.pk)
    for other in others.select_related("organisation").order_by("name", "pk"):
        there = Directory.of(other, on=other.today())
        for role in other.pack.roles:
            if action in role.may:
                yield from there.free.get(role.key, ())


class Directories:
    """The directory of each scheme, read once however many duties are given out by it."""

    def __init__(self) -> None:
        self._known: dict[tuple[UUID, date], Directory] = {}

    def of(self, scheme: Scheme, stays: Iterable[UUID], *, on: date | None = None) -> Directory:
        """Who works at the scheme that day or today, and who holds which role on these stays."""
        key = (scheme.pk, on or scheme.today())
        if key not in self._known:
            self._known[key] = Directory.of(scheme, on=key[1])
        directory = self._known[key]
        directory.ask_for(stays)
        return directory


def _line(staff: UUID, managers: Mapping[UUID, UUID]) -> list[UUID]:
    """Everybody above somebody, the nearest first."""
    found: list[UUID] = []
    while (above := managers.get(staff)) and above not in found:
        found.append(above)
        staff = above
    return found


def line_above(
    owner: UUID | None, directory: Directory, *, never: UUID | None
) -> tuple[UUID | None, UUID | None]:
    """Whom an overdue duty is passed up to: the owner's line manager, and then the level above.

    Who is away is passed over, and so is whom it concerns.
    """
    found: list[UUID] = []
    seen = {owner}
    while (above := directory.managers.get(owner) if owner else None) and above not in seen:
        if above != never and above not in directory.away:
            found.append(above)
        seen.add(above)
        owner = above
    first, second, *_ = [*found, None, None]
    return first, second


def owner_of(
    owners: Sequence[str],
    about: About,
    directory: Directory,
    *,
    concerning: UUID | None = None,
    key: str = "",
) -> Owner:
    """Who owes a duty with these owners about this subject; an empty `Owner` when nobody can.

    `key` names the duty, where those who share a role have parted its duties ("role/duty").
    """
    found = _Search(about, directory, concerning, key)
    support = RESIDENT in owners and about.stay is not None
    staff = [owner.removeprefix(COVER) for owner in owners if owner != RESIDENT]
    for role in dict.fromkeys(staff):
        if owner := found.holder(role) or found.working_here(role):
            return _with(owner, support=support and owners[0] == RESIDENT)
    for role in [*reversed(staff), *found.roles_above()]:
        if owner := found.anybody(role):
            return _with(owner, support=support and owners[0] == RESIDENT)
    for one in about.beyond():
        if one != concerning:
            return Owner(one, staff[0] if staff else "", How.ELSEWHERE, support=support)
    return Owner(support=support)


def _with(owner: Owner, *, support: bool) -> Owner:
    return Owner(owner.staff, owner.role, owner.how, owner.instead_of, support)


@dataclass(frozen=True, slots=True)
class _Search:
    about: About
    directory: Directory
    never: UUID | None
    key: str = ""

    def _never(self, role: str) -> frozenset[UUID]:
        """Whom it must not reach in this role: whom it concerns, whom it is about, and those who
        answer to them."""
        never = {self.never} if self.never else set()
        about = self.about.worker
        if about and role != WORKER:
            managers = self.directory.managers
            never |= {about.pk, *(one for one in managers if about.pk in _line(one, managers))}
        return frozenset(never)

    def roles_above(self) -> list[str]:
        """The roles that whom it is about, or whom it concerns, answers to by the practice, the
        nearest first."""
        about, known = self.about.worker, self.directory.pack.roles
        whom = about.pk if about else self.never
        own = [role for role, those in self.directory.roles.items() if whom in those]
        above: list[str] = []
        for role in own:
            found = known.get(role)
            while found and (up := found.reports_to) and up not in above:
                above.append(up)
                found = known.get(up)
        return above

    def holder(self, role: str) -> Owner | None:
        """Who holds it on the case; while they are away, who acts for them."""
        if not (holder := self._named(role)):
            return None
        never = self._never(role)
        if holder not in never and self.directory.is_present(holder):
            return Owner(holder, role, How.HOLDS)
        case = self.about.stay.pk if self.about.stay else None
        if acting := self.directory.stand_in(holder, never=never, case=case):
            return Owner(acting[0], role, acting[1], instead_of=holder)
        return None

    def working_here(self, role: str) -> Owner | None:
        """Whoever works here in the role, unless it is held case by case and this is a case."""
        known = self.directory.pack.roles.get(role)
        is_case = self.about.stay is not None or bool(self.about.holders)
        return None if known and known.holds_cases and is_case else self.anybody(role)

    def anybody(self, role: str) -> Owner | None:
        """One of those in the role who are present; who acts for the first of them if none is."""
        free, never = self.directory.free.get(role, {}), self._never(role)
        chosen = next(
            (one for one in chain(self._leads(), free) if one in free and one not in never), None
        )
        if chosen:
            return Owner(chosen, role, How.WORKS)
        every = self.directory.roles.get(role, ())
        acting = self.directory.stand_in(every[0], never=never) if every else None
        return Owner(acting[0], role, acting[1], instead_of=every[0]) if acting else None

    def _leads(self) -> list[UUID]:
        """The line managers of those who hold roles on the case."""
        managers = self.directory.managers
        held = sorted(self._held().items()) if self.about.stay or self.about.holders else ()
        found = (managers.get(holder) for role, holder in held if "/" not in role)
        return [lead for lead in found if lead]

    def _named(self, role: str) -> UUID | None:
        worker, known = self.about.worker, self.directory.pack.roles.get(role)
        if role == NAMED_WORKER and not self.directory.pack.has_key_working:
            return None
        if role == WORKER:
            return worker.pk if worker else None
        if role == LINE_MANAGER:
            return self.directory.managers.get(worker.pk) if worker else None
        held = self._held()
        given = held.get(f"/{self.key}")
        shared = held.get(f"{role}/{self.key}")
        return (
            given or shared or held.get(role) or (held.get(known.else_held_by) if known else None)
        )

    def _held(self) -> dict[str, UUID]:
        stay, own = self.about.stay, self.about.holders
        held = self.directory.held.get(stay.pk, {}) if stay else {}
        return {**held, **own} if own else held
