"""What changes agreements: publishing, explaining, signing, refusing; standing; breaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from alongside.agreements import texts
from alongside.agreements.models import (
    AgreementText,
    Breach,
    Explanation,
    Standing,
    Understanding,
)
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.duties.operations import work_out
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.residents.models import Resident
from alongside.signatures.models import Signature
from alongside.signatures.signing import (
    Mark,
    No,
    refuse_to_sign,
    sign_for_resident,
    sign_for_worker,
)
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


@operation("agreement.text_published", needs=Action.PUBLISH_AGREEMENT)
def publish_text(
    scheme: Scheme,
    *,
    by: Staff,
    key: str,
    new_version: str,
    text: str,
    clauses: Sequence[str] = (),
    what_changed: str = "",
) -> AgreementText:
    """Put a newer version of one of the service's texts in force, from now on.

    `clauses` are numbered from 1 in the order given. Everybody who stays here now is owed the
    new version; people who come later only ever see the newest.

    Refused when the pack has no such text, the version has been used, or nothing changed.
    """
    now = _text(scheme, key)
    if new_version.strip() == now.version:
        raise Refused(
            f"Version “{new_version}” of this text is the one in force.",
            instead="Give the new text another version, for example the date.",
            field="new_version",
        )
    if text.strip() == now.text and [c.says for c in now.clauses] == list(clauses):
        raise Refused(
            "These are the words that are already in force.",
            instead="Change the text, or leave it as it is.",
            field="text",
        )
    breachable = any(clause.can_be_breached for clause in now.clauses)
    published = AgreementText.objects.create(
        scheme=scheme,
        key=key,
        version=new_version.strip(),
        text=text.strip(),
        clauses=[
            {"key": str(number), "says": says, "can_be_breached": breachable}
            for number, says in enumerate(clauses, start=1)
        ],
        what_changed=what_changed,
        published_by=by,
    )
    work_out(scheme, by=by)
    return published


@operation("agreement.explained", needs=Action.EXPLAIN_AGREEMENT, unless=already_ended)
def explain(
    stay: Stay,
    *,
    by: Staff,
    key: str,
    explained_on: date,
    understanding: str = Understanding.YES,
    understanding_words: str = "",
    language: str = "",
    way: str = "",
    copy_given: bool = False,
    confidence: str = "",
    explained_by: Staff | None = None,
) -> Explanation:
    """Record that the newest version of a text was explained, how, and what they took from it.

    `way` is a key of the pack's list `explained_how`; `copy_given` says they have it in hand,
    `confidence` whether they feel able to use it, where the pack asks that.

    Refused when the text is unknown, or the day is in the future or outside the stay.
    """
    stay.require_current(on=explained_on, field="explained_on")
    text = _text(stay.scheme, key)
    explained_by = explained_by or by
    content = {
        **texts.content_of(text),
        "explained_on": explained_on.isoformat(),
        "explained_by": explained_by.name,
        "language": language,
        "way": _says(stay.scheme, way),
    }
    return Explanation.objects.create(
        stay=stay,
        key=key,
        version=text.version,
        says=text.says,
        content=content,
        explained_on=explained_on,
        explained_by=explained_by,
        language=language,
        way=way,
        understanding=understanding,
        understanding_words=understanding_words,
        confidence=confidence,
        copy_given_on=explained_on if copy_given else None,
        recorded_by=by,
    )


@operation("agreement.copy_given", needs=Action.EXPLAIN_AGREEMENT)
def give_copy(explanation: Explanation, *, by: Staff, given_on: date) -> Explanation:
    """Record that they were given a copy of what was explained.

    Refused when they have one already, or the day is before it was explained.
    """
    if explanation.copy_given_on:
        raise Refused(
            f"They were given a copy on {explanation.copy_given_on:%-d %B %Y}.",
            instead="Print another whenever they ask; it need not be recorded.",
        )
    _require_after(explanation, given_on, field="given_on")
    explanation.copy_given_on = given_on
    explanation.save(update_fields=["copy_given_on"])
    return explanation


def cannot_be_answered(explanation: Explanation) -> Refused | None:
    """Only the newest version of a text that is to be signed, by somebody who stays here."""
    if ended := already_ended(explanation.stay):
        return ended
    text = texts.texts_in_force(explanation.scheme).get(explanation.key)
    if text is None or not text.is_signed:
        return Refused(
            f"{explanation.says} is explained and not signed.",
            instead="Record whether they understood it.",
        )
    if text.version != explanation.version:
        return Refused(
            f"There is a newer version of this text: {text.version}.",
            instead="Explain the newer version, then sign that one.",
        )
    return None


@operation("agreement.signed", needs=Action.EXPLAIN_AGREEMENT, unless=cannot_be_answered)
def sign_as_resident(explanation: Explanation, *, by: Staff, mark: Mark) -> Signature:
    """The resident's yes to exactly the words that were explained, which are then locked.

    Refused when nothing was drawn, the PIN is wrong, or the text is not the newest.
    """
    return sign_for_resident(
        explanation, explanation.stay, explanation.content, mark=mark, taken_by=by
    )


@operation("agreement.signed_by_themselves", needs=Action.SIGN_PLAN, unless=cannot_be_answered)
def sign_for_myself(explanation: Explanation, *, by: Resident, mark: Mark) -> Signature:
    """The resident's yes, given on their own pages with nobody beside them.

    Refused as `sign_as_resident` is.
    """
    return sign_for_resident(
        explanation, explanation.stay, explanation.content, mark=mark, taken_by=None
    )


@operation("agreement.refused_by_themselves", needs=Action.SIGN_PLAN, unless=cannot_be_answered)
def refuse_for_myself(explanation: Explanation, *, by: Resident, no: No) -> Signature:
    """The resident's no, given on their own pages. Refused as `refuse` is."""
    return _refuse(explanation, no, taken_by=None)


@operation("agreement.countersigned", needs=Action.EXPLAIN_AGREEMENT, unless=cannot_be_answered)
def sign_as_worker(
    explanation: Explanation,
    *,
    by: Staff,
    mark: Mark,
    in_absence_of: Staff | None = None,
    reason: str = "",
) -> Signature:
    """Our own signature beside the resident's, or for a colleague who is away, with the reason."""
    return sign_for_worker(
        explanation,
        explanation.stay,
        explanation.content,
        mark=mark,
        staff=by,
        in_absence_of=in_absence_of,
        reason=reason,
    )


@operation("agreement.refused", needs=Action.EXPLAIN_AGREEMENT, unless=cannot_be_answered)
def refuse(explanation: Explanation, *, by: Staff, no: No) -> Signature:
    """The resident's no. It is shown as explained and refused, and never as signed.

    Without a day for the next offer it is offered again after as many days as the pack says.

    Refused when it has no reason, or the next offer is in the past.
    """
    return _refuse(explanation, no, taken_by=by)


def _refuse(explanation: Explanation, no: No, *, taken_by: Staff | None) -> Signature:
    scheme = explanation.scheme
    again = no.next_offer_on or _days_on(scheme, "wait_to_offer_signature_again")
    if not no.reason.strip():
        raise Refused(
            "A refusal needs its reason.", instead="Write what they said.", field="reason"
        )
    if again < scheme.today():
        raise Refused(
            "That day has passed.", instead="Choose today or a later day.", field="next_offer_on"
        )
    return refuse_to_sign(
        explanation,
        explanation.stay,
        explanation.content,
        no=replace(no, next_offer_on=again),
        taken_by=taken_by,
    )


@operation("agreement.support_agreement_begun", needs=Action.ADMIT, unless=already_ended)
def start_support_agreement(
    stay: Stay, *, by: Actor, started_on: date | None = None, conditions: str = ""
) -> Standing:
    """Begin somebody's support agreement, on probation, on the day they moved in.

    Refused when it has begun already. Source: Key Working, step 2.
    """
    if begun := _standing(stay):
        raise Refused(
            f"Their support agreement began on {begun.from_on:%-d %B %Y}.",
            instead="Look at it under agreements.",
        )
    return _stand(
        stay, Standing.Kind.PROBATION, by, started_on or stay.moved_in_on, conditions=conditions
    )


@operation("agreement.full_resident", needs=Action.PROMOTE, unless=already_ended)
def make_full_resident(stay: Stay, *, by: Actor, on: date) -> Standing:
    """Turn probation into full residence. Called by the promotion to the first stage only.

    It never happens by itself after so many days. Somebody who is a full resident stays one.
    Source: Key Working, Appendix 2, stage 1.
    """
    now = _standing(stay)
    if now and now.kind == Standing.Kind.FULL:
        return now
    return _stand(stay, Standing.Kind.FULL, by, on)


@operation("agreement.back_to_probation", needs=Action.DEMOTE, unless=already_ended)
def return_to_probation(stay: Stay, *, by: Actor, on: date, conditions: str = "") -> Standing:
    """Turn full residence back into probation. Called by a demotion below the first stage."""
    now = _standing(stay)
    if now and now.kind == Standing.Kind.PROBATION:
        return now
    return _stand(stay, Standing.Kind.PROBATION, by, on, conditions=conditions)


@operation("breach.recorded", needs=Action.RECORD_BREACH, unless=already_ended)
def record_breach(
    stay: Stay,
    *,
    by: Staff,
    key: str,
    clause: str,
    happened_on: date,
    what_happened: str,
    talked_on: date | None = None,
    their_view: str = "",
    agreed: str = "",
) -> Breach:
    """Record that a clause was not kept, with the talk about it if there has been one.

    Refused when the text has no such clause, or the day is in the future or outside the stay.
    """
    stay.require_current(on=happened_on, field="happened_on")
    text = _text(stay.scheme, key)
    found = text.clause(clause)
    if found is None or not found.can_be_breached:
        raise Refused(
            f"{text.says} has no clause “{clause}” that can be broken.",
            instead="Choose a clause of the list.",
            field="clause",
        )
    breach = Breach(
        stay=stay,
        key=key,
        version=text.version,
        clause=clause,
        clause_says=found.says,
        happened_on=happened_on,
        what_happened=what_happened,
        recorded_by=by,
    )
    if talked_on or agreed or their_view:
        _talk(breach, by, talked_on, agreed, their_view)
    breach.save(force_insert=True)
    return breach


def already_resolved(breach: Breach) -> Refused | None:
    """A breach is resolved once."""
    if breach.resolved_at is None:
        return None
    return Refused(
        f"This was resolved on {breach.resolved_at:%-d %B %Y}: {breach.get_outcome_display()}.",
        instead="Record a new breach if it happened again.",
    )


@operation("breach.talked_about", needs=Action.RECORD_BREACH, unless=already_resolved)
def talk_about_breach(
    breach: Breach, *, by: Staff, talked_on: date, agreed: str, their_view: str = ""
) -> Breach:
    """Record the talk that reminded them of what was agreed, and what was agreed now.

    Refused when the day is before it happened or in the future, or nothing was agreed.
    """
    _talk(breach, by, talked_on, agreed, their_view)
    breach.save(update_fields=["talked_on", "talked_by", "their_view", "agreed"])
    return breach


@operation("breach.resolved", needs=Action.RECORD_BREACH, unless=already_resolved)
def resolve_breach(breach: Breach, *, by: Staff, outcome: str, words: str = "") -> Breach:
    """Say how a breach was resolved. One written down by mistake no longer counts.

    Refused when nobody has talked with them about it, unless it was a mistake, which needs words.
    """
    if outcome == Breach.Outcome.MISTAKE and not words:
        raise Refused(
            "A mistake needs explaining, as it was on somebody’s file.",
            instead="Write what was wrong.",
            field="words",
        )
    if outcome != Breach.Outcome.MISTAKE and breach.talked_on is None:
        raise Refused(
            "Nobody has talked with them about it yet.",
            instead="Talk with them first, and record what you agreed.",
            field="outcome",
        )
    breach.outcome, breach.outcome_words = outcome, words
    breach.resolved_by, breach.resolved_at = by, clock.now()
    breach.save(update_fields=["outcome", "outcome_words", "resolved_by", "resolved_at"])
    return breach


def _text(scheme: Scheme, key: str) -> texts.Text:
    found = texts.texts_in_force(scheme).get(key)
    if found is None:
        raise Refused(
            "This service has no such text.", instead="Choose one of the list.", field="key"
        )
    return found


def _says(scheme: Scheme, way: str) -> str:
    found = scheme.pack.choices("explained_how").get(way)
    return found.says if found else way


def _days_on(scheme: Scheme, limit: str) -> date:
    return date.fromordinal(scheme.today().toordinal() + scheme.pack.limit(limit).number)


def _require_after(explanation: Explanation, on: date, *, field: str) -> None:
    explanation.stay.require_current(on=on, field=field)
    if on < explanation.explained_on:
        raise Refused(
            f"It was explained on {explanation.explained_on:%-d %B %Y}.",
            instead="Choose that day or a later one.",
            field=field,
        )


def _standing(stay: Stay) -> Standing | None:
    return Standing.objects.filter(stay=stay).order_by("from_on", "pk").last()


def _stand(stay: Stay, kind: str, by: Actor, on: date, conditions: str = "") -> Standing:
    stay.require_current(on=on, field="on")
    return Standing.objects.create(
        stay=stay,
        kind=kind,
        from_on=on,
        conditions=conditions,
        recorded_by=by if isinstance(by, Staff) else None,
    )


def _talk(breach: Breach, by: Staff, on: date | None, agreed: str, their_view: str) -> None:
    if on is None:
        raise Refused(
            "A talk needs its day.", instead="Say when you talked with them.", field="talked_on"
        )
    breach.stay.require_current(on=on, field="talked_on")
    if on < breach.happened_on:
        raise Refused(
            "The talk cannot be before it happened.",
            instead="Check both dates.",
            field="talked_on",
        )
    if not agreed:
        raise Refused(
            "A talk needs what came of it.",
            instead="Write what you agreed, even if that was nothing yet.",
            field="agreed",
        )
    breach.talked_on, breach.talked_by = on, by
    breach.agreed, breach.their_view = agreed, their_view
