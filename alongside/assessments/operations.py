"""What changes an assessment: beginning it, answering, completing, putting right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.assessments.models import Answer, Assessment, Rating
from alongside.assessments.queries import last_standing, levels_of
from alongside.assessments.scoring import compare, score
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended

MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is now said of one item, and what the page showed before (None: nothing yet).

    `was` is compared with what is stored, so that two people who assess at the same time never
    write over each other unseen.
    """

    answer: str
    level: str = ""
    own_level: str = ""
    note: str = ""
    reason: str = ""
    was: str | None = None

    def choice(self) -> str:
        return self.level or self.answer


def already_completed(assessment: Assessment) -> Refused | None:
    """A completed assessment stays as it is."""
    if not assessment.is_complete():
        return None
    return Refused(
        "This assessment was completed and stays as it is.",
        instead="Make a new one, or put this one right with a reason.",
    )


@operation("assessment.started", needs=Action.ASSESS, unless=already_ended)
def start_assessment(
    stay: Stay,
    *,
    by: Staff,
    assessed_on: date,
    framework_key: str = "",
    participants: str = "",
) -> Assessment:
    """Begin an assessment with the resident. It can be left half done and gone on with.

    Refused when the day is outside the stay, or another is unfinished. Source: Key Working,
    step 2; Manager (assessment with the resident).
    """
    stay.require_current(on=assessed_on, field="assessed_on")
    frameworks = stay.scheme.pack.frameworks
    return Assessment.objects.create(
        stay=stay,
        framework_key=framework_key or frameworks.keys()[0],
        practice=stay.scheme.practice_name,
        assessed_on=assessed_on,
        assessor=by,
        participants=participants,
    )


@operation("assessment.answered", needs=Action.ASSESS, unless=already_completed)
def save_answers(
    assessment: Assessment,
    *,
    by: Staff,
    answers: Mapping[str, Said],
    strengths: str | None = None,
    in_their_words: str | None = None,
    participants: str | None = None,
) -> Assessment:
    """Keep the answers given so far: those that changed, and nothing else.

    Refused when declining has no reason; and when somebody else answered the same item
    differently since the page was opened, with both answers named.
    """
    there = {rating.item: rating for rating in assessment.ratings.all()}
    _require_reasons(assessment, answers)
    _require_unchanged(assessment, answers, there)
    for item, said in answers.items():
        _write(assessment, item, said, there.get(item), by=by)
    for name, text in (
        ("strengths", strengths),
        ("in_their_words", in_their_words),
        ("participants", participants),
    ):
        if text is not None:
            setattr(assessment, name, text)
    assessment.version += 1
    assessment.save(update_fields=["strengths", "in_their_words", "participants", "version"])
    return assessment


@operation("assessment.completed", needs=Action.ASSESS, unless=already_completed)
def complete_assessment(assessment: Assessment, *, by: Staff, about_a_fall: str = "") -> Assessment:
    """Complete an assessment: every item answered, the score worked out and kept.

    Refused while an item is unanswered, naming them; and when the score has fallen, like for
    like, and nobody has said a word about it.
    """
    framework, levels = assessment.framework, levels_of(assessment)
    _require_whole(assessment)
    before = last_standing(assessment.stay, framework.key, but=assessment.corrects)
    if before and compare(framework, levels_of(before), levels).fell() and not about_a_fall:
        raise Refused(
            "The score is lower than last time.",
            instead="Say in a sentence what has happened, so that the number does not stand alone.",
            field="about_a_fall",
        )
    result = score(framework, levels)
    assessment.completed_at, assessment.completed_by = clock.now(), by
    assessment.points, assessment.most = result.points, result.most
    assessment.rated = result.rated
    assessment.formula = f"{framework.method} {framework.formula}"
    assessment.about_a_fall = about_a_fall
    assessment.save()
    return assessment


@operation("assessment.corrected", needs=Action.ASSESS, unless=already_ended)
def correct_assessment(
    stay: Stay, *, by: Staff, assessment: Assessment, because: str
) -> Assessment:
    """Put a completed assessment right: a new one that begins with its answers and says why.

    The earlier one stays readable. Refused when it is not complete, or no reason is given.
    """
    if not assessment.is_complete() or not because:
        raise Refused(
            "Only a completed assessment is put right, and only with a reason.",
            instead="Say what was wrong with it.",
            field="because",
        )
    again = Assessment.objects.create(
        stay=stay,
        framework_key=assessment.framework_key,
        practice=assessment.practice,
        assessed_on=assessment.assessed_on,
        assessor=by,
        participants=assessment.participants,
        strengths=assessment.strengths,
        in_their_words=assessment.in_their_words,
        corrects=assessment,
        because=because,
    )
    Rating.objects.bulk_create(
        Rating(
            assessment=again,
            item=rating.item,
            answer=rating.answer,
            level=rating.level,
            own_level=rating.own_level,
            note=rating.note,
            reason=rating.reason,
            by=by,
        )
        for rating in assessment.ratings.all()
    )
    return again


def _write(
    assessment: Assessment, item: str, said: Said, there: Rating | None, *, by: Staff
) -> None:
    rating = there or Rating(assessment=assessment, item=assessment.framework.item(item).key)
    before = _contents(rating)
    rating.answer, rating.level = said.answer, said.level
    rating.own_level, rating.note, rating.reason = said.own_level, said.note, said.reason
    if there is None or _contents(rating) != before:
        rating.by, rating.at = by, clock.now()
        rating.save()


def _contents(rating: Rating) -> tuple[str, ...]:
    return (rating.answer, rating.level, rating.own_level, rating.note, rating.reason)


def _require_reasons(assessment: Assessment, answers: Mapping[str, Said]) -> None:
    for item, said in answers.items():
        if said.answer == Answer.DECLINED and not said.reason:
            raise Refused(
                f"{item} {assessment.framework.item(item).says} was declined without a reason.",
                instead="Write the reason in their words, or leave the item open.",
                field=f"reason-{item}",
            )


def _require_unchanged(
    assessment: Assessment, answers: Mapping[str, Said], there: Mapping[str, Rating]
) -> None:
    theirs = {}
    for item, said in answers.items():
        stored = there.get(item)
        now = (stored.level or stored.answer) if stored else ""
        if said.was is not None and now not in (said.was, said.choice()):
            theirs[f"answer-{item}"] = _in_words(assessment, now)
    if theirs:
        raise ChangedMeanwhile(
            "Somebody else has answered here since you opened this page.",
            instead="Both answers are shown. Choose again and save.",
            theirs=theirs,
            version=assessment.version,
        )


def _in_words(assessment: Assessment, choice: str) -> str:
    if choice in Answer.values:
        return str(Answer(choice).label)
    return assessment.framework.levels[choice].says if choice else "nothing"


def _require_whole(assessment: Assessment) -> None:
    answered = set(assessment.ratings.values_list("item", flat=True))
    missing = [item for item in assessment.framework.items if item.key not in answered]
    if missing:
        raise Refused(
            f"{_counted(len(missing))} not answered yet: {_named(missing)}.",
            instead="Rate each, say that there is no need, or note that they declined.",
        )


def _counted(number: int) -> str:
    return "1 item is" if number == 1 else f"{number} items are"


def _named(items: Sequence[object]) -> str:
    named = ", ".join(f"{item.key} {item.says}" for item in items[:MOST_NAMED])  # type: ignore[attr-defined]
    return f"{named} and {len(items) - MOST_NAMED} more" if len(items) > MOST_NAMED else named
