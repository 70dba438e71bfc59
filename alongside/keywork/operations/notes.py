"""Writing a note, correcting it, moving it to the right file, and taking it off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.keywork.models import (
    EarlierText,
    Note,
    NoteLink,
    NoteMove,
    NoteOpening,
    NoteReader,
)
from alongside.keywork.models.notes import SESSION
from alongside.keywork.operations.checks import (
    instant,
    known,
    known_all,
    require_minutes,
    require_past,
    require_words,
)
from alongside.kit import clock
from alongside.kit.insert import insert
from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.organisation.models import Staff
from alongside.organisation.queries import staff_who_may
from alongside.plans.models import PlanAction
from alongside.practice.actions import Action
from alongside.stays.models import Stay


def taken_off(note: Note) -> Refused | None:
    """What was removed is not worked on."""
    if note.removed_at is None:
        return None
    return Refused("This entry was removed.", instead="Write a new one if it is needed.")


@operation("note.written", needs=Action.WRITE_NOTE)
def write_note(
    stay: Stay,
    *,
    by: Staff,
    kind: str,
    text: str,
    happened_on: date | None = None,
    happened_time: time | None = None,
    minutes: int | None = None,
    help_kinds: Sequence[str] = (),
    principles: Sequence[str] = (),
    actions: Iterable[PlanAction] = (),
    restricted: bool = False,
    readers: Iterable[Staff] = (),
    late_reason: str = "",
) -> Note:
    """Write down what happened: a talk in passing, a call, a visit, the night, health.

    `kind` is a key of the pack's list `note_kinds`; `minutes` how long it took. Left without a
    day it happened now. A restricted note is read by its writer, by `readers`, or, when none
    are named, by everybody whose role may read restricted records; some kinds always are.
    `principles` are those of the practice that it shows, as tags.

    Refused when nothing is written, it lies in the future or outside the stay, or an action is
    somebody else's.
    """
    pack = stay.pack
    chosen = known(pack.choices("note_kinds"), kind, field="kind")
    if kind == SESSION:
        raise Refused(
            f"A {pack.term('session').singular} has its own page.",
            instead="Record it there.",
            field="kind",
        )
    happened_at = when(stay, happened_on, happened_time, field="happened_on")
    note = new_note(
        stay,
        by,
        kind=kind,
        text=require_words(text, field="text", instead="Write what happened."),
        happened_at=happened_at,
        minutes=minutes,
        help_kinds=known_all(pack.choices("help_kinds"), help_kinds, field="help_kinds"),
        principles=known_all(pack.principles, principles, field="principles"),
        restricted=restricted or chosen.restricted,
        late_reason=late_reason,
    )
    link(note, actions)
    if note.restricted:
        name_readers(note, by, readers)
    return note


def when(stay: Stay, on: date | None, at: time | None, *, field: str) -> datetime:
    """The instant something happened; now when nothing is said. Refused outside the stay."""
    now = clock.now()
    local = now.astimezone(stay.scheme.zone)
    day = on or local.date()
    stay.require_current(on=day, field=field)
    if at is None:
        return now if day == local.date() else instant(stay.scheme, day, time(12))
    happened_at = instant(stay.scheme, day, at)
    require_past(happened_at, field="happened_time" if field == "happened_on" else "began")
    return happened_at


def new_note(stay: Stay, by: Staff, *, minutes: int | None, **words: Any) -> Note:
    require_minutes(minutes)
    written_by = by if isinstance(by, Staff) else None
    note = Note(stay=stay, written_by=written_by, minutes=minutes, **words)
    insert([note])
    return note


def link(note: Note, actions: Iterable[PlanAction], *, raised: bool = False) -> None:
    """Tie a note to actions of the same person's plan. Refused when one is somebody else's."""
    for action in actions:
        if action.stay_id != note.stay_id:
            raise Refused(
                "That action is in somebody else’s plan.",
                instead="Choose one of theirs.",
                field="actions",
            )
        NoteLink.objects.create(note=note, action=action, raised=raised)


def name_readers(note: Note, by: Actor, readers: Iterable[Staff]) -> None:
    """Its writer, and those named; when nobody is, those whose role reads restricted records."""
    named = list(readers) or staff_who_may(Action.READ_RESTRICTED, note.stay.scheme)
    here = {one.pk for one in Staff.objects.at(note.stay.scheme)}
    keys = {one.pk for one in [by, *named] if isinstance(one, Staff) and one.pk in here}
    NoteReader.objects.bulk_create(NoteReader(note=note, staff_id=key) for key in sorted(keys))


@operation("note.corrected", needs=Action.CORRECT_NOTE, unless=taken_off)
def correct_note(
    note: Note,
    *,
    by: Staff,
    text: str = "",
    headings: Mapping[str, str] | None = None,
    minutes: int | None = None,
    principles: Sequence[str] | None = None,
    because: str = "",
    version: int | None = None,
) -> Note:
    """Put an entry right. The earlier words stay beside it, with whose they were and until when.

    `version` is the one that was on the screen. Refused when somebody else corrected it
    meanwhile, when it is restricted and this person may not read it, or when nothing is left.
    Left out, the minutes and the principles stay.
    """
    _require_readable(note, by)
    if version is not None and version != note.version:
        raise _meanwhile(note)
    headings = dict(note.headings if headings is None else headings)
    if not headings:
        require_words(text, field="text", instead="Write what happened; or have it removed.")
    if principles is not None:
        offered = {choice.key for choice in note.stay.scheme.pack.principles} | set(note.principles)
        _require_known(principles, offered)
    _keep_earlier(note, because)
    require_minutes(minutes)
    note.principles = note.principles if principles is None else list(principles)
    note.text, note.headings = text.strip(), headings
    note.minutes = note.minutes if minutes is None else minutes
    note.version += 1
    note.corrected_at, note.corrected_by = clock.now(), by
    note.save(
        update_fields=[
            "text", "headings", "minutes", "principles", "version", "corrected_at", "corrected_by",
        ]
    )  # fmt: skip
    return note


def _require_known(principles: Sequence[str], known_here: set[str]) -> None:
    if not set(principles) <= known_here:
        raise Refused(
            "That is not a principle of this practice.",
            instead="Choose from the list.",
            field="principles",
        )


def _meanwhile(note: Note) -> ChangedMeanwhile:
    return ChangedMeanwhile(
        "Somebody corrected this entry while you were writing.",
        instead="Both texts are shown. Send yours again, knowing theirs.",
        theirs={"text": note.text, **{f"heading_{k}": v for k, v in note.headings.items()}},
        version=note.version,
    )


def _keep_earlier(note: Note, because: str) -> None:
    EarlierText.objects.create(
        note=note,
        version=note.version,
        kind=note.kind,
        happened_at=note.happened_at,
        minutes=note.minutes,
        text=note.text,
        headings=note.headings,
        principles=note.principles,
        written_by_id=note.corrected_by_id or note.written_by_id,
        written_at=note.corrected_at or note.recorded_at,
        replaced_because=because,
    )


def _require_readable(note: Note, by: Staff) -> None:
    if note.restricted and not note.readers.filter(staff_id=by.pk).exists():
        raise Refused(
            "This entry is restricted, and you are not one of its readers.",
            instead="Ask whoever wrote it.",
        )


@operation("note.moved", needs=Action.MOVE_NOTE, unless=taken_off)
def move_note(note: Note, *, by: Staff, to: Stay, because: str) -> Note:
    """Move an entry that was written on the wrong person's file to the right one.

    On the file it leaves stays a trace that an entry was moved, without its words. Links to
    the first person's plan are not carried along.
    Refused for a key-work session, for a file this person cannot write on, and for a day on
    which the other person was not staying.
    """
    _require_readable(note, by)
    if note.kind == SESSION:
        raise Refused(
            "A session belongs to the plan and the booking of the person it was with.",
            instead="Have it removed here, and record it on the right file.",
            field="to",
        )
    if not by.may(Action.WRITE_NOTE, to):
        raise Refused(
            "That person is not at a scheme where you work.", instead="Choose another.", field="to"
        )
    because = require_words(because, field="because", instead="Say how it came about.")
    to.require_stay(on=note.day(), field="to")
    NoteMove.objects.create(
        note=note, from_stay=note.stay, to_stay=to, because=because, moved_by=by
    )
    note.links.all().delete()
    note.stay = to
    note.save(update_fields=["stay"])
    return note


@operation("note.removed", needs=Action.REMOVE_NOTE, unless=taken_off)
def remove_note(note: Note, *, by: Staff, because: str) -> Note:
    """Take an entry off the file. That there was one, who removed it and why stays visible.

    Refused without a reason. A session that is removed no longer counts.
    """
    _require_readable(note, by)
    note.removed_because = require_words(
        because, field="because", instead="Say why it must not be on the file."
    )
    note.removed_at, note.removed_by = clock.now(), by
    note.save(update_fields=["removed_at", "removed_by", "removed_because"])
    return note


@operation("note.opened", needs=Action.READ_FILE)
def open_restricted(note: Note, *, by: Staff) -> NoteOpening:
    """Write down that somebody opened a restricted note to read it.

    Refused to whoever is not one of its readers.
    """
    if not note.readers.filter(staff=by).exists():
        raise Refused(
            "This entry is restricted, and you are not one of its readers.",
            instead="Ask whoever wrote it.",
        )
    made, _ = NoteOpening.objects.get_or_create(
        note=note, staff=by, quarter=quarter_of(clock.now())
    )
    return made


def quarter_of(moment: datetime) -> datetime:
    """The quarter of an hour that holds this moment."""
    return moment.replace(minute=moment.minute - moment.minute % 15, second=0, microsecond=0)
