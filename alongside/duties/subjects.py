"""What a duty can be about: a stay, and whatever else a room registers here.

A room names its kind once, in its `facts.py`, beside the facts it provides for it:

    @subject_kind(
        "aftercare", model=Episode, named=["episode"], reads=[Episode],
        rows=lambda: Episode.objects.select_related(*Episode.LOCK_WITH),
        current=lambda scheme: Q(stay__scheme=scheme, ended_on=None),
    )
    def aftercare(episode: Episode) -> About:
        return About(
            row=episode, scheme=episode.scheme, starts_on=episode.began_on,
            ended_on=episode.ended_on, stay=episode.stay, says=f"Aftercare of {episode.stay}",
        )

    @provides("aftercare.contact_made", subject="aftercare", reads=[AftercareContact])
    def contacts(episode: Episode, of: str) -> Sequence[date]: ...

and the pack writes `subject = "aftercare"` in the duty. From then on the duty is worked out after
every write that touches what it reads, every day, and when everything is rebuilt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model, Prefetch, Q, QuerySet

from alongside.duties.engine import Pause
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.practice.actions import Action
from alongside.practice.contents import Pack
from alongside.residents.models import Resident
from alongside.stays.models import Stay

STAY = "stay"
RESIDENT = "resident"


@dataclass(frozen=True, slots=True)
class About:
    """One subject at one scheme, as its duties see it.

    `row` is the record that facts are asked of. `starts_on` is the first day on which anything
    can be owed; from `ended_on` nothing more is. What was due before `kept_from`, when the records
    were kept elsewhere, is not owed here. `stay` is the stay it is about, if it is about
    one (it may long have ended), and `worker` the member of staff it is about, who has been
    here in each role from a first day to a last (`spells`; None while they are). `holders` says
    who holds which role on it, over those who hold it on the stay. `beyond` says, when it is
    asked, who else of the organisation may owe what nobody here can. `says` is its name on pages
    and `url` its page; for a stay both are known. `what` is what is to be done, where each has
    words of its own and not the rule's; `asked_by` asked for it, and is the first to hear that it
    is overdue.
    """

    row: Any
    scheme: Scheme
    starts_on: date
    ended_on: date | None = None
    kept_from: date | None = None
    stay: Stay | None = None
    worker: Staff | None = None
    spells: Mapping[str, tuple[date, date | None]] = field(default_factory=dict)
    holders: Mapping[str, UUID] = field(default_factory=dict)
    beyond: Callable[[], Iterable[UUID]] = tuple
    says: str = ""
    url: str = ""
    what: str = ""
    asked_by: UUID | None = None

    @property
    def pk(self) -> UUID:
        key: UUID = self.row.pk
        return key

    @property
    def pack(self) -> Pack:
        """The practice of the scheme, with what was settled for this person alone."""
        if self.stay and self.stay.own_values and self.stay.scheme_id == self.scheme.pk:
            return self.stay.pack
        return self.scheme.pack


type Tells = Callable[[Any], About | Iterable[About]]
type Pauses = Callable[[Sequence[About]], Mapping[UUID, Sequence[Pause]]]


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """A kind of thing that duties are about; see the head of this module."""

    key: str
    model: type[Model]
    tells: Tells
    named: tuple[str, ...]
    reads: frozenset[type[Model]]
    rows: Callable[[], QuerySet[Any]]
    current: Callable[[Scheme], Q]
    of_stay: str
    pauses: Pauses | None
    needs: Action | None = None
    goes_beyond: bool = False
    follows: str = ""

    @property
    def of_one_stay(self) -> str:
        """The path from a row to a stay it is about; empty for what is about nobody's stay."""
        return {STAY: "pk", RESIDENT: "stays"}.get(self.key, self.of_stay or self.follows)

    def abouts(self, row: Any) -> list[About]:
        """The subject as its duties see it: once for each scheme it belongs to."""
        told = self.tells(row)
        return [told] if isinstance(told, About) else list(told)

    def found_in(self, record: Any) -> Any:
        """The row of this kind that a record is, or hangs on; None when it does neither."""
        if isinstance(record, self.model):
            return record
        found = (getattr(record, name, None) for name in self.named)
        return next((row for row in found if isinstance(row, self.model)), None)


KINDS: dict[str, SubjectKind] = {}

type StayPauses = Callable[[Sequence[UUID]], Mapping[UUID, Sequence[Pause]]]


@dataclass(frozen=True, slots=True)
class KnownPauses:
    """Who knows when people were away, and which kinds of record change it."""

    ask: StayPauses
    reads: frozenset[type[Model]]


PAUSES: list[KnownPauses] = []


def knows_pauses(*, reads: Sequence[type[Model]]) -> Callable[[StayPauses], StayPauses]:
    """Register the days on which clocks stand still for these stays: {stay key: [Pause]}.

    They hold for everything that is about a stay, of whatever kind, where the rule names the
    kind of pause.
    """

    def register(ask: StayPauses) -> StayPauses:
        PAUSES.append(KnownPauses(ask, frozenset(reads)))
        return ask

    return register


def pauses_of(abouts: Sequence[About]) -> dict[UUID, list[Pause]]:
    """The paused days of each of these subjects, by its key."""
    stays = {about.pk: about.stay.pk for about in abouts if about.stay}
    found: dict[UUID, list[Pause]] = {}
    for known in PAUSES if stays else ():
        told = known.ask(list(set(stays.values())))
        for key, stay in stays.items():
            found.setdefault(key, []).extend(told.get(stay, ()))
    return found


def read_for_pauses() -> set[type[Model]]:
    """The kinds of record that can start or end a pause."""
    return set().union(*(known.reads for known in PAUSES))


def subject_kind(
    key: str,
    *,
    model: type[Model],
    reads: Sequence[type[Model]],
    rows: Callable[[], QuerySet[Any]],
    current: Callable[[Scheme], Q],
    named: Sequence[str] = (),
    of_stay: str = "",
    pauses: Pauses | None = None,
    needs: Action | None = None,
    goes_beyond: bool = False,
    follows: str = "",
) -> Callable[[Tells], Tells]:
    """Register a kind of subject: a function of its row that returns an `About`, or several.

    `reads` are the kinds of record that can move its start, its end or its holders. `rows` gives
    every row with what the function needs at hand, `current` narrows them to those about which
    something can be owed at a scheme. `named` is how a record that hangs on a row names it.
    `of_stay` is the path from a row to its stay ("stay"), for kinds whose duties read facts of
    the stay too. `pauses` gives the paused days of many subjects at once. `needs` is what a role
    must include to see duties about this kind at all. `goes_beyond` says that what nobody here
    can do may fall to somebody of another scheme (`About.beyond`). `follows` is the path from a
    row to its stay for kinds that read no facts of the stay and yet follow what was decided for
    that person alone.
    """

    def register(tells: Tells) -> Tells:
        KINDS[key] = SubjectKind(
            key, model, tells, tuple(named), frozenset(reads), rows, current, of_stay, pauses,
            needs, goes_beyond, follows,
        )  # fmt: skip
        return tells

    return register


@subject_kind(
    STAY,
    model=Stay,
    named=["stay"],
    reads=[Stay],
    rows=lambda: Stay.objects.select_related(*Stay.LOCK_WITH),
    current=lambda scheme: Q(scheme=scheme, moved_out_on=None),
)
def about_a_stay(stay: Stay) -> About:
    """Somebody's stay: from moving in until moving on."""
    return About(
        row=stay,
        scheme=stay.scheme,
        starts_on=stay.moved_in_on,
        ended_on=stay.moved_out_on,
        kept_from=stay.brought_in_on,
        stay=stay,
    )


def _stays_of_residents() -> QuerySet[Stay]:
    return Stay.objects.select_related(*Stay.LOCK_WITH).order_by("moved_in_on", "pk")


@subject_kind(
    RESIDENT,
    model=Resident,
    named=["resident"],
    reads=[Stay, Resident],
    rows=lambda: (
        Resident.objects.filter(stays__isnull=False)
        .distinct()
        .prefetch_related(Prefetch("stays", _stays_of_residents(), to_attr="every_stay"))
    ),
    current=lambda scheme: Q(stays__scheme=scheme, stays__moved_out_on=None),
)
def about_a_resident(resident: Resident) -> Iterable[About]:
    """Somebody, whatever stay it is: once for each scheme, from first moving in until leaving."""
    stays: dict[UUID, list[Stay]] = {}
    every = getattr(resident, "every_stay", None)
    if every is None:
        every = _stays_of_residents().filter(resident=resident)
    for stay in every:
        stays.setdefault(stay.scheme_id, []).append(stay)
    for here in stays.values():
        last = here[-1]
        yield About(
            row=resident,
            scheme=last.scheme,
            starts_on=here[0].moved_in_on,
            ended_on=last.moved_out_on,
            stay=last,
            says=resident.name,
        )


def _posts_of_staff() -> QuerySet[Membership]:
    return Membership.objects.select_related("scheme__organisation").order_by("from_on", "pk")


@subject_kind(
    "staff",
    model=Staff,
    named=["worker", "staff"],
    reads=[Membership],
    rows=lambda: Staff.objects.filter(is_active=True).prefetch_related(
        Prefetch("memberships", _posts_of_staff(), to_attr="every_post")
    ),
    current=lambda scheme: Q(memberships__scheme=scheme),
)
def about_somebody_who_works_here(worker: Staff) -> Iterable[About]:
    """A member of staff, once for each scheme: from their first day there until their last."""
    working: dict[UUID, list[Membership]] = {}
    every = getattr(worker, "every_post", None)
    if every is None:
        every = _posts_of_staff().filter(staff=worker)
    for one in every:
        working.setdefault(one.scheme_id, []).append(one)
    for here in working.values():
        roles = {one.role for one in here}
        yield About(
            row=worker,
            scheme=here[0].scheme,
            starts_on=here[0].from_on,
            ended_on=_spell(here)[1],
            worker=worker,
            spells={role: _spell([one for one in here if one.role == role]) for role in roles},
            says=worker.name,
        )


def _spell(here: Sequence[Membership]) -> tuple[date, date | None]:
    """From the first day of these posts to the last; None while one of them lasts."""
    ends = [one.until_on for one in here if one.until_on]
    return here[0].from_on, max(ends) if len(ends) == len(here) else None


@subject_kind(
    "scheme",
    model=Scheme,
    named=["scheme"],
    reads=[Scheme],
    rows=lambda: Scheme.objects.select_related("organisation"),
    current=lambda scheme: Q(pk=scheme.pk),
)
def about_a_scheme(scheme: Scheme) -> About:
    """The service itself: from the day its first member of staff began."""
    first = Membership.objects.filter(scheme=scheme).order_by("from_on").first()
    return About(
        row=scheme,
        scheme=scheme,
        starts_on=first.from_on if first else scheme.today(),
        says=scheme.name,
    )
