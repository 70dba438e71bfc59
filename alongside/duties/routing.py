"""Gives each duty to whom it falls now: when it is new, every night, and when people change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from alongside.duties.corrected import SHOWN, Key, Stored
from alongside.duties.models import Duty, DutyQuerySet, State
from alongside.duties.owners import Directories, Directory, line_above, owner_of
from alongside.duties.storing import NOT_ROUTED, ROUTED, UNSETTLED, Values
from alongside.duties.subjects import KINDS, STAY, About
from alongside.organisation.models import Scheme

OWNER, STATE = SHOWN.index("owner"), SHOWN.index("state")
DUE_ON = SHOWN.index("due_on")
CONCERNING, WORKER = SHOWN.index("concerning_id"), SHOWN.index("worker_id")


def fall_to(
    owed: Mapping[Key, Values],
    there: Mapping[Key, Stored],
    by_key: Mapping[UUID, About],
    directories: Directories,
    *,
    every: bool = False,
    also: Iterable[UUID] = (),
) -> dict[Key, Values]:
    """Who owes each of these duties: as before, unless it is new, opens again or asks others.

    Of the subjects in `also`, and with `every` of all, each open duty is given out again.
    """
    again = frozenset(also)
    falls_to = {key: there[key][2] if key in there else NOT_ROUTED for key in owed}
    unrouted = [
        key
        for key, shown in owed.items()
        if _is_to_route(shown, there.get(key), every=every or key[0] in again)
    ]
    if unrouted:
        scheme = next(iter(by_key.values())).scheme
        days = {key: _when_settled(owed[key], scheme) for key in unrouted}
        for then in dict.fromkeys(days.values()):
            those = {key: owed[key] for key in unrouted if days[key] == then}
            falls_to |= _routed_on(then, those, by_key, directories, scheme)
    return falls_to


def _routed_on(
    then: date | None,
    owed: Mapping[Key, Values],
    by_key: Mapping[UUID, About],
    directories: Directories,
    scheme: Scheme,
) -> dict[Key, Values]:
    """Who owes, or owed on a day that has passed, each of these; if nobody did, who does now."""
    some = {key[0] for key in owed} if then else by_key.keys()
    stays = [by_key[key].stay.pk for key in some if by_key[key].stay]  # type: ignore[union-attr]
    directory, falls_to = directories.of(scheme, stays, on=then), {}
    for key, shown in owed.items():
        falls_to[key] = routed = _routed(
            shown[OWNER], by_key[key[0]], directory, concerning=shown[CONCERNING], key=key[1]
        )
        if then and routed[0] is None:
            falls_to |= _routed_on(None, {key: shown}, by_key, directories, scheme)
    return falls_to


def _when_settled(shown: Values, scheme: Scheme) -> date | None:
    """The day that decides whose it was, of what was missed before it stood here: the missed week
    of somebody whose moving-in day was put right is not the new key worker's. None: today."""
    due_on: date = shown[DUE_ON]
    return due_on if shown[STATE] == State.MISSED and due_on < scheme.today() else None


def route_again(scheme: Scheme, duties: DutyQuerySet, directories: Directories) -> None:
    """Give each of these open duties of one scheme to whom it falls now."""
    rows = list(duties.select_related("stay__scheme", "worker"))
    if not rows:
        return
    abouts = _abouts(rows, scheme)
    stays = {about.stay.pk for about in abouts.values() if about.stay}
    directory = directories.of(scheme, stays)
    changed = []
    for row in rows:
        about = abouts[row.subject_kind, row.subject_id]
        routed = _routed(row.owner, about, directory, concerning=row.concerning_id, key=row.key)
        if routed != tuple(getattr(row, name) for name in ROUTED):
            for name, value in zip(ROUTED, routed, strict=True):
                setattr(row, name, value)
            changed.append(row)
    Duty.objects.bulk_update(changed, [name.removesuffix("_id") for name in ROUTED])


def _is_to_route(shown: Values, before: Stored | None, *, every: bool) -> bool:
    if before is None:
        return True
    was_open = before[1][STATE] in UNSETTLED
    others = any(shown[at] != before[1][at] for at in (OWNER, WORKER))
    asks_others = every or not was_open or others
    return shown[STATE] in UNSETTLED and asks_others


def _routed(
    owners: Sequence[str], about: About, directory: Directory, *, concerning: UUID | None, key: str
) -> Values:
    owner = owner_of(owners, about, directory, concerning=concerning, key=key)
    never = concerning or (about.worker.pk if about.worker else None)
    line = line_above(owner.staff, directory, never=never)
    up = _asker_first(about, directory, owner.staff, line)
    return (owner.staff, owner.role, owner.how, owner.instead_of, owner.support, *up)


def _asker_first(
    about: About, directory: Directory, owner: UUID | None, up: tuple[UUID | None, UUID | None]
) -> tuple[UUID | None, UUID | None]:
    """Whoever asked for it hears of it first, if they are there; then the line of the owner."""
    asker = about.asked_by
    if asker is None or asker == owner or not directory.is_present(asker):
        return up
    return asker, next((one for one in up if one and one != asker), None)


def _abouts(rows: Sequence[Duty], scheme: Scheme) -> dict[tuple[str, UUID], About]:
    """What the duties are about; a kind that holds its own roles is asked for them.

    A stay came with its duty, so it is not read again.
    """
    subjects: dict[str, dict[UUID, object]] = {}
    for row in rows:
        subjects.setdefault(row.subject_kind, {})[row.subject_id] = row.stay
    abouts: dict[tuple[str, UUID], About] = {}
    for key, known in subjects.items():
        kind = KINDS[key]
        there = known.values() if key == STAY else kind.rows().filter(pk__in=list(known))
        for subject in there:
            for about in kind.abouts(subject):
                if about.scheme.pk == scheme.pk:
                    abouts[key, about.pk] = about
    return abouts
