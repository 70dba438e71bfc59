"""Evidence: offered by the resident or staff, read by staff, disputed, read again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.documents.gate import admit
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.residents.models import made_by
from alongside.stages.models import Dispute, Evidence, EvidenceNote, Reading, Verdict
from alongside.stages.queries import task_of
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


@operation("evidence.offered", needs=Action.OFFER_EVIDENCE, unless=already_ended)
def offer_evidence(
    stay: Stay,
    *,
    by: Actor,
    task: str,
    kind: str,
    happened_on: date,
    line: str = "",
    words: str = "",
    file: Any = None,
    record_type: str = "",
    record_id: UUID | None = None,
) -> Evidence:
    """Offer evidence for a task, of this stage or a higher one, where it waits.

    `line` names one part of the task. What the resident offers counts as reported by them until
    it is read. Refused when the day has not come or was before they moved in, it shows
    nothing, or the gate of documents does not let its file in.

    Source: Key Working, Appendix 2 (task and evidence columns).
    """
    stay.require_current(on=happened_on, field="happened_on")
    _require_line(stay, task, line)
    if not (words or file or record_id):
        raise Refused("This shows nothing yet.", instead="Write something, or add a file.",
                      field="words")  # fmt: skip
    kept = admit(file, file.name, file.size) if file else None
    made = Evidence(
        stay=stay,
        task=task,
        line=line,
        kind=kind,
        happened_on=happened_on,
        words=words,
        file_name=kept.name if kept else "",
        file_kind=kept.kind if kept else "",
        record_type=record_type,
        record_id=record_id,
        **made_by(by),
    )
    if kept:
        made.file.save(kept.name, kept.content, save=False)
    made.save(force_insert=True)
    return made


def _require_line(stay: Stay, task: str, line: str) -> None:
    standing = task_of(stay, task)
    if line and line not in {one.key for one in standing.lines}:
        raise Refused(
            "This task has no such part.", instead="Choose one of its parts.", field="line"
        )


@operation("evidence.read", needs=Action.VERIFY_EVIDENCE)
def read_evidence(
    evidence: Evidence, *, by: Staff, verdict: str, reason: str = "", words: str = ""
) -> Reading:
    """Accept evidence, or not, with the reason. The latest reading counts.

    After the resident has disputed a reading, somebody else reads it: refused to the one who
    read it before.
    """
    dispute = Dispute.objects.filter(reading__evidence=evidence, answered=None).first()
    if dispute and dispute.reading.read_by_id == by.pk:
        resident = evidence.stay.pack.term("resident").singular
        raise Refused(
            f"The {resident} does not agree with your reading.",
            instead="Ask a colleague to read it: it needs a second reader.",
        )
    if verdict == Verdict.REJECTED and not reason:
        raise Refused(
            "Evidence is not refused without a reason.", instead="Choose one.", field="reason"
        )
    reading = Reading.objects.create(
        stay=evidence.stay,
        evidence=evidence,
        verdict=Verdict(verdict),
        reason=reason if verdict == Verdict.REJECTED else "",
        words=words,
        read_by=by,
    )
    if dispute:
        dispute.answered = reading
        dispute.save(update_fields=["answered"])
    return reading


@operation("evidence.disputed", needs=Action.OFFER_EVIDENCE)
def dispute_reading(evidence: Evidence, *, by: Actor, words: str) -> Dispute:
    """Record that the resident does not agree: by themselves, or staff for them.

    Refused unless the latest reading did not accept it, and when it is disputed already.
    """
    latest = evidence.readings.order_by("read_at", "pk").last()
    if latest is None or latest.verdict != Verdict.REJECTED:
        raise Refused("It has not been refused.", instead="There is nothing to disagree with yet.")
    if Dispute.objects.filter(reading=latest).exists():
        raise Refused("This is disputed already.", instead="A second reader will look at it.")
    return Dispute.objects.create(stay=evidence.stay, reading=latest, words=words, **made_by(by))


@operation("evidence.line_confirmed", needs=Action.VERIFY_EVIDENCE, unless=already_ended)
def confirm_line(
    stay: Stay, *, by: Staff, task: str, line: str, words: str, happened_on: date | None = None
) -> Evidence:
    """Confirm from what staff saw that one part of a task is so, in words.

    Refused for a part that the record itself answers.
    """
    found = next((one for one in task_of(stay, task).lines if one.key == line), None)
    if found is None or found.automatic:
        raise Refused("Nobody confirms this by hand.", instead="It is worked out from the record.")
    evidence = offer_evidence(
        stay,
        by=by,
        task=task,
        line=line,
        kind="observation",
        happened_on=happened_on or stay.scheme.today(),
        words=words,
    )
    read_evidence(evidence, by=by, verdict=Verdict.ACCEPTED)
    return evidence


@operation("evidence.note_written", needs=Action.OFFER_EVIDENCE, unless=already_ended)
def write_note(
    stay: Stay, *, by: Actor, words: str, corrects: EvidenceNote | None = None
) -> EvidenceNote:
    """Write on the notes page of the stage sheet, dated today and signed by its author."""
    return EvidenceNote.objects.create(
        stay=stay, words=words, written_on=stay.scheme.today(), corrects=corrects, **made_by(by)
    )
