"""Recording a key-work session that was held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

from alongside.audit.operation import operation
from alongside.keywork.models import Booking, Outcome, Session
from alongside.keywork.models.notes import SESSION
from alongside.keywork.operations.checks import known, known_all, require_works_at
from alongside.keywork.operations.notes import link, new_note, when
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.plans.models import PlanAction
from alongside.plans.operations import propose_action
from alongside.practice.actions import Action
from alongside.practice.contents import Pack
from alongside.stays.models import Stay


@operation("session.recorded", needs=Action.RECORD_KEY_WORK)
def record_session(
    stay: Stay,
    *,
    by: Staff,
    held_on: date,
    minutes: int,
    headings: Mapping[str, str],
    began: time | None = None,
    attendance: str = "came",
    booking: Booking | None = None,
    held_by: Staff | None = None,
    venue: str = "",
    format: str = "",  # noqa: A002
    help_kinds: Sequence[str] = (),
    principles: Sequence[str] = (),
    own_words: str = "",
    actions: Iterable[PlanAction] = (),
    raise_issue: str = "",
    raise_need: str = "",
    late_reason: str = "",
) -> Session:
    """Record a key-work session that was held, under the headings of the pack.

    Every heading has words, or an empty text for "nothing today". `held_by` is whoever held
    it, when that is not who records it; a session held by cover counts like any other.
    `raise_issue` puts a new action before the resident, for need `raise_need`. `principles` are
    those of the practice that it shows, as tags.

    Refused when it lies in the future or outside the stay; when a heading is missing; when it
    is linked to no action and raises none, where the pack asks for that; or when the booking
    is somebody else's or already settled.
    Source: Key Working, steps 3 and 5.
    """
    pack = stay.pack
    actions = list(actions)
    _require_about_plan(pack, actions, raise_issue)
    began_at = when(stay, held_on, began, field="held_on")
    known(pack.choices("attendance"), attendance, field="attendance")
    held_by = held_by or by
    require_works_at(stay.scheme, held_by, field="held_by")
    note = new_note(
        stay,
        by,
        kind=SESSION,
        happened_at=began_at,
        minutes=minutes,
        headings=_headings(pack, headings),
        help_kinds=known_all(pack.choices("help_kinds"), help_kinds, field="help_kinds"),
        principles=known_all(pack.principles, principles, field="principles"),
        late_reason=late_reason,
    )
    link(note, actions)
    session = Session.objects.create(
        note=note,
        stay=stay,
        booking=_settled(stay, booking, by),
        held_by=held_by,
        held_on=held_on,
        attendance=attendance,
        venue=venue,
        format=format,
        own_words=own_words,
    )
    if raise_issue.strip():
        raised = propose_action(stay, by=by, text=raise_issue, need=raise_need, source=session)
        link(note, [raised], raised=True)
    return session


def _require_about_plan(pack: Pack, actions: list[PlanAction], raise_issue: str) -> None:
    if actions or raise_issue.strip() or not pack.has("session_requires_action_link"):
        return
    raise Refused(
        f"A {pack.term('session').singular} is about the {pack.term('plan').singular}.",
        instead="Tick what it was about, or raise a new issue.",
        field="actions",
    )


def _headings(pack: Pack, written: Mapping[str, str]) -> dict[str, str]:
    """What stands under each heading, in the pack's order. Refused when one was passed over."""
    for heading in pack.choices("session_headings"):
        if heading.key not in written:
            raise Refused(
                f"Nothing is said under “{heading.says}”.",
                instead="Write a few words, or tick “Nothing today”.",
                field=f"heading_{heading.key}",
            )
    return {h.key: written[h.key].strip() for h in pack.choices("session_headings")}


def _settled(stay: Stay, booking: Booking | None, by: Staff) -> Booking | None:
    """The booking, now held. Refused when it is somebody else's or already settled."""
    if booking is None:
        return None
    fresh = Booking.objects.open().filter(pk=booking.pk, stay=stay).first()
    if fresh is None:
        raise Refused(
            "That booking is not open any more.",
            instead="Record the session without it, or choose another.",
            field="booking",
        )
    fresh.outcome, fresh.settled_at, fresh.settled_by = Outcome.HELD, clock.now(), by.actor_name
    fresh.save(update_fields=["outcome", "settled_at", "settled_by"])
    return fresh
