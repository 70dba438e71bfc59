"""One thing that is open and who answers for it; and who works at a service to answer for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from alongside.allocations.models import LEAD, Allocation
from alongside.kit.together import read
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.rights.models import Limit, LimitKind
from alongside.stays.models import Stay
from alongside.team.statement import MANAGER
from alongside.ui.addresses import address, address_about

NAMED = 3  # of what one step mends, in the list of a house


@dataclass(frozen=True, slots=True)
class Answered:
    """One thing that is open, and the one member of staff who answers for it, if there is one.

    `why` says how it came to them. What nobody answers for says what `to_do` about it, and `door`
    is the page where that is done.
    """

    about: str
    kind: str
    says: str
    url: str
    by_on: date | None
    is_late: bool
    staff: Staff | None
    why: str
    to_do: str = ""
    door: str = ""
    stay: Stay | None = None

    @property
    def who(self) -> str:
        return self.staff.name if self.staff else ""


@dataclass(frozen=True, slots=True)
class Unowned:
    """What nobody answers for about one person, and the one step that mends it."""

    about: str
    why: str
    to_do: str
    door: str
    stay: Stay | None = None
    things: list[Answered] = field(default_factory=list)

    @property
    def shown(self) -> list[Answered]:
        return self.things[:NAMED]

    @property
    def more(self) -> int:
        """How many of them are not named in the list."""
        return max(len(self.things) - NAMED, 0)


class Told[R](list[R]):
    """One part of what is open; `more` says that of some kind there are more than `MOST`, which
    stand in the next part."""

    more = False


@dataclass(frozen=True, slots=True)
class Blame:
    """Who it falls to and why; of nobody, what is to be done, and where."""

    staff: Staff | None
    why: str
    to_do: str = ""
    door: str = ""


@dataclass(slots=True)
class House:
    """Who works at a scheme today, who leads which case, and which role answers without them."""

    scheme: Scheme
    stays: Mapping[UUID, Stay]
    today: date = field(init=False)
    working: dict[UUID, Staff] = field(default_factory=dict)
    manager: Staff | None = None
    leads: dict[UUID, Staff] = field(default_factory=dict)
    left: dict[UUID, Staff] = field(default_factory=dict)
    team: dict[UUID, set[UUID]] = field(default_factory=dict)
    shut_out: dict[UUID, Staff] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.today = self.scheme.today()
        pack = self.scheme.pack
        roles = set(pack.choices(MANAGER).keys())
        here = Membership.objects.current(self.today).filter(scheme=self.scheme)
        posts = here.select_related("staff").order_by("from_on", "pk")
        held = Allocation.objects.filter(stay__in=list(self.stays), until_on=None)
        cases = held.select_related("worker").order_by("pk")
        limits = Limit.objects.standing().filter(
            resident__in=[stay.resident_id for stay in self.stays.values()]
        )
        read(posts, cases, limits)
        for post in posts:
            if not post.staff.has_left(self.today):
                self.working[post.staff_id] = post.staff
                if self.manager is None and post.role in roles:
                    self.manager = post.staff
        for case in cases:
            self.team.setdefault(case.stay_id, set()).add(case.worker_id)
            if pack.has_key_working and case.role == LEAD:
                of = self.leads if case.worker_id in self.working else self.left
                of[case.stay_id] = case.worker
        self._find_shut_out(list(limits))

    def _find_shut_out(self, limits: list[Limit]) -> None:
        """Who leads a case whose file a list closes to them, as after “this person is close to
        me”: they find no trace of it, so it is as if nobody led it."""
        never = {(one.resident_id, one.staff_id) for one in limits if one.kind == LimitKind.NEVER}
        only: dict[UUID, set[UUID]] = {}
        for one in limits:
            if one.kind == LimitKind.ONLY:
                only.setdefault(one.resident_id, set()).add(one.staff_id)
        for pk, lead in self.leads.items():
            whose = self.stays[pk].resident_id
            if (whose, lead.pk) in never or lead.pk not in only.get(whose, {lead.pk}):
                self.shut_out[pk] = lead

    @property
    def unled(self) -> list[UUID]:
        """Whose own affairs nobody answers for as things stand."""
        return [pk for pk, stay in self.stays.items() if self.lead_of(stay).staff is None]

    def lead_of(self, stay: Stay) -> Blame:
        """Who answers for what names nobody: the key worker. Where a practice works without any,
        whoever is registered for the service does."""
        pack = stay.pack
        term = pack.term("key_worker").singular
        if shut := self.shut_out.get(stay.pk):
            why = f"{shut.name}, {term}, may not open this file"
            door = address_about("allocations:allocation", stay.pk)
            return Blame(None, why, f"Name another {term}.", door)
        if lead := self.leads.get(stay.pk):
            return Blame(lead, term)
        if not pack.has_key_working:
            title = next((one.says for one in pack.choices(MANAGER)), "")
            if self.manager:
                return Blame(self.manager, f"{title}, where nobody has a {term}")
            page = address("team:team", self.scheme)
            return Blame(None, "Nobody here holds the post", f"Fill it: {title}.", page)
        page = address_about("allocations:allocation", stay.pk)
        if gone := self.left.get(stay.pk):
            return Blame(None, f"{gone.name} no longer works here", f"Name a {term}.", page)
        name = stay.resident.first_name
        return Blame(None, f"{name} has no {term}", f"Name a {term}.", page)

    def named(self, staff: Staff | None, why: str, mend: str, door: str) -> Blame:
        """Who was named, if they still work here; else what to do instead."""
        if staff and staff.pk in self.working:
            return Blame(staff, why)
        name = staff.name if staff else "Whoever was named"
        return Blame(None, f"{name} no longer works here", mend, door)


def one_of(
    house: House,
    stay: Stay | None,
    kind: str,
    says: str,
    url: str,
    *,
    by_on: date | None,
    blame: Blame,
    about: str = "",
) -> Answered:
    late = bool(by_on and by_on < house.today)
    whom = stay.resident.name if stay else about
    return Answered(
        whom, kind, says, url, by_on, late, blame.staff, blame.why, blame.to_do, blame.door, stay
    )


def capital(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
