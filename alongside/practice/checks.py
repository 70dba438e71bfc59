"""What must hold across a pack: names that exist, orders without circles, sums that agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from difflib import get_close_matches
from typing import Any

from alongside.kit.durations import Duration
from alongside.practice.contents import Pack
from alongside.practice.duties import Days, DutyKind, DutyRule, Schedule
from alongside.practice.lines import Path
from alongside.practice.reading import Reader, one_of
from alongside.practice.sheets import Question, QuestionKind
from alongside.practice.signers import DOCUMENTS

FIXED_PERIODS = ("week", "month")
MOST_STEPS = 2
LONGEST_SIGNER = 40
ANY_DAY = date(2001, 1, 1)
OTHER_OWNERS = ("resident", "line_manager", "worker")


def check_whole(pack: Pack, raw: Mapping[str, Any], reader: Reader, facts: set[str] | None) -> None:
    """Note every fault that only shows when the parts of a pack are held beside each other."""
    for rule in _CHECKS:
        rule(pack, raw, reader)
    if facts is not None:
        _facts_are_known(pack, reader, facts)


def _declared(raw: Mapping[str, Any], section: str) -> set[str]:
    found = raw.get(section, {})
    return set(found) if isinstance(found, Mapping) else set()


def _circle(start: str, leads_to: Mapping[str, str]) -> list[str] | None:
    seen = [start]
    while after := leads_to.get(seen[-1], ""):
        if after in seen:
            return [*seen, after] if after == start else None
        seen.append(after)
    return None


def _chain_is_sound(
    reader: Reader, section: str, field: str, leads_to: Mapping[str, str], kind: str
) -> None:
    for key, after in leads_to.items():
        if after and after not in leads_to:
            reader.fault(
                (section, key, field),
                f'There is no {kind} "{after}".',
                one_of(leads_to),
            )
    told: set[str] = set()
    for key in leads_to:
        circle = _circle(key, leads_to)
        if circle and not told & set(circle):
            told.update(circle)
            reader.fault(
                (section, key, field),
                f"It goes round in a circle: {' → '.join(circle)}.",
                f"Leave {field} out of one of them.",
            )


def _reporting_lines(pack: Pack, _raw: Mapping[str, Any], reader: Reader) -> None:
    lines = {role.key: role.reports_to for role in pack.roles}
    _chain_is_sound(reader, "roles", "reports_to", lines, "role")
    held = {role.key: role.else_held_by for role in pack.roles}
    _chain_is_sound(reader, "roles", "else_held_by", held, "role")


def _stage_order(pack: Pack, _raw: Mapping[str, Any], reader: Reader) -> None:
    _chain_is_sound(reader, "stages", "next", {s.key: s.next for s in pack.stages}, "stage")
    followed = {stage.next for stage in pack.stages}
    starts = [stage.key for stage in pack.stages if stage.key not in followed]
    for extra in starts[1:]:
        reader.fault(
            ("stages", extra), "No stage leads here.", f'Only one stage, "{starts[0]}", may start.'
        )


def _stage_tasks(pack: Pack, _raw: Mapping[str, Any], reader: Reader) -> None:
    codes = Counter(task.key for stage in pack.stages for task in stage.tasks)
    for stage in pack.stages:
        if stage.next and not len(stage.tasks):
            reader.fault(
                ("stages", stage.key), "It leads on but has no tasks.", "Give it a task, or end it."
            )
        for task in stage.tasks:
            path = ("stages", stage.key, "tasks", task.key)
            if codes[task.key] > 1:
                reader.fault(
                    path, "Two stages have a task with this code.", "Give one another code."
                )
            if not task.all_evidence:
                reader.fault(path, "Nothing shows that it is done.", "Give it evidence.")


def _owners(pack: Pack, raw: Mapping[str, Any], reader: Reader) -> None:
    roles = _declared(raw, "roles") | set(OTHER_OWNERS)
    for duty in pack.duties:
        path = ("duties", duty.key)
        if duty.kind is DutyKind.LIMIT:
            continue
        if not duty.owner:
            reader.fault((*path, "owner"), "Nobody owns it.", "Name the roles, first one first.")
        if not duty.done_by:
            reader.fault(
                (*path, "done_by"), "Nothing closes it.", "Name the fact that shows it is done."
            )
        for owner in duty.owner:
            _role_exists(reader, (*path, "owner"), owner.removeprefix("cover:"), roles)


def _role_exists(reader: Reader, path: Path, role: str, roles: set[str]) -> None:
    if role not in roles and not reader.may_lack("role"):
        reader.fault(path, f'There is no role "{role}".', one_of(sorted(roles)))


def _roles_named(pack: Pack, raw: Mapping[str, Any], reader: Reader) -> None:
    roles = _declared(raw, "roles") | set(OTHER_OWNERS)
    named: list[tuple[Path, tuple[str, ...]]] = [
        *((("sheets", s.key, "signed_by"), s.signed_by) for s in pack.sheets),
        *((("forms", f.key, "signed_by"), f.signed_by) for f in pack.forms),
        *((("agreements", a.key, "signed_by"), a.signed_by) for a in pack.agreements),
        *(
            (("signers", name, signer.key, "roles"), signer.roles)
            for name, signers in pack.signers.pairs()
            for signer in signers
        ),
        *((("duties", d.key, "roles"), d.roles) for d in pack.duties),
        *((("training_gates", g.key, "roles"), g.roles) for g in pack.training_gates),
        *((("reviews", r.key, "led_by"), r.led_by) for r in pack.reviews),
        *((("reviews", r.key, "invite"), r.invite) for r in pack.reviews),
        *((("reviews", r.key, "signed_by"), r.signed_by) for r in pack.reviews),
        *(
            (("reason_lists", name, choice.key, "started_by"), choice.started_by)
            for name, reasons in pack.reason_lists.pairs()
            for choice in reasons
        ),
    ]
    for path, names in named:
        for name in names:
            _role_exists(reader, path, name, roles)


def _signers(pack: Pack, _raw: Mapping[str, Any], reader: Reader) -> None:
    """Every document that is signed is one the house knows, and somebody has to sign it."""
    for name, signers in pack.signers.pairs():
        _all_in(reader, ("signers", name), (name,), set(DOCUMENTS), "document to sign")
        if not any(signer.required for signer in signers):
            reader.fault(
                ("signers", name), "Nobody has to sign it.", "Leave out required = false of one."
            )
        for signer in signers:
            if signer.roles and not signer.is_further:
                reader.fault(
                    ("signers", name, signer.key, "roles"),
                    f'Who signs as "{signer.key}" follows from the case.',
                    "Leave roles out, or give the signer another key.",
                )
            if len(signer.key) > LONGEST_SIGNER:
                reader.fault(
                    ("signers", name, signer.key),
                    "The key is too long.",
                    f"Use {LONGEST_SIGNER} letters or fewer.",
                )


def _duty_times(pack: Pack, _raw: Mapping[str, Any], reader: Reader) -> None:
    for duty in pack.duties:
        for field, problem, instead in _time_faults(duty):
            reader.fault(("duties", duty.key, field), problem, instead)


def _opens_in_time(pack: Pack, _raw: Mapping[str, Any], reader: Reader) -> None:
    for duty in pack.duties:
        if duty.opens and duty.due and duty.opens.after(ANY_DAY) > duty.due.after(ANY_DAY):
            reader.fault(
                ("duties", duty.key, "opens"),
                "It opens after it is due.",
                "Make it shorter than due.",
            )


def _time_faults(duty: DutyRule) -> Iterable[tuple[str, str, str]]:
    if duty.kind is DutyKind.LIMIT:
        if duty.key_working:
            says = "A limit is never owed, so it cannot cease to be."
            yield "key_working", says, "Leave key_working out."
        return
    if not duty.anchor and not duty.before:
        yield "anchor", "It is counted from nothing.", "Name the fact it is counted from."
    if duty.kind is DutyKind.FIXED and duty.every not in FIXED_PERIODS:
        yield "every", f'A fixed period cannot be "{duty.every}".', 'Write "week" or "month".'
    if duty.kind is DutyKind.ROLLING and not _is_length(duty.every):
        yield "every", f'"{duty.every}" is not a length.', 'Write a length such as "P28D".'
    if duty.kind is not DutyKind.FIXED and duty.due is None and not duty.every:
        yield "due", "It never falls due.", 'Write a length such as "P7D"; "P0D" is the same day.'
    if duty.schedule is Schedule.FIXED and not duty.every:
        yield "schedule", "A fixed schedule needs a period.", 'Add every = "week".'
    if duty.days is Days.WORKING and duty.due and (duty.due.months or duty.due.years):
        yield "due", "Working days are counted in days.", 'Write days, such as "P5D".'
    yield from _more_faults(duty)


def _more_faults(duty: DutyRule) -> Iterable[tuple[str, str, str]]:
    if len(duty.escalate) > MOST_STEPS:
        yield "escalate", "It goes up more than two levels.", "Write one length, or two."
    if duty.roles and duty.subject != "staff":
        yield (
            "roles",
            "It is about nobody who works here.",
            'Leave roles out, or write subject = "staff".',
        )
    if duty.closes and duty.kind is not DutyKind.EACH:
        yield (
            "closes",
            "Only one is ever owed at once.",
            "Leave closes out, or add for_each = true.",
        )
    if duty.minimum < 1:
        yield "minimum", "It asks for nothing.", "Write 1 or more."


def _models_and_aims(pack: Pack, raw: Mapping[str, Any], reader: Reader) -> None:
    """A practice model names principles that are on the list; an objective an aim it serves."""
    principles = _keys(raw, "choice_lists", "principles")
    for model in pack.practice_models:
        path = ("practice_models", model.key, "principles")
        _all_in(reader, path, model.principles, principles, "principle")
    aims = {aim.key for aim in pack.aims if not aim.under}
    for aim in pack.aims:
        named = (aim.under,) if aim.under else ()
        _all_in(reader, ("aims", aim.key, "under"), named, aims, "aim")


def _numbers(pack: Pack, _raw: Mapping[str, Any], reader: Reader) -> None:
    """No number of a limit is below nought."""
    for limit in pack.limits:
        if limit.number < 0:
            reader.fault(("limits", limit.key, "number"), "It is below nought.", "Write 0 or more.")


def _holidays(_pack: Pack, raw: Mapping[str, Any], reader: Reader) -> None:
    for key in _keys(raw, "choice_lists", "public_holidays"):
        try:
            date.fromisoformat(key)
        except ValueError:
            reader.fault(
                ("choice_lists", "public_holidays", key),
                f'"{key}" is not a day.',
                'Write the day first: "2026-12-25" = "Christmas Day".',
            )


def _is_length(text: str) -> bool:
    try:
        return bool(Duration.parse(text))
    except ValueError:
        return False


def _names_inside(pack: Pack, raw: Mapping[str, Any], reader: Reader) -> None:
    """Duties, reviews and questions that name a list, a limit, a duty or a feature."""
    missed = _keys(raw, "reason_lists", "session_missed")
    pauses = _keys(raw, "choice_lists", "pauses")
    for duty in pack.duties:
        path = ("duties", duty.key)
        _all_in(reader, (*path, "breach_reasons"), duty.breach_reasons, missed, "missed reason")
        _all_in(reader, (*path, "pause_when"), duty.pause_when, pauses, "pause")
        limits = tuple(filter(None, (duty.first_period_limit, duty.limit)))
        _all_in(reader, path, limits, _declared(raw, "limits"), "limit")
        features = (duty.feature,) if duty.feature else ()
        _all_in(reader, (*path, "feature"), features, _declared(raw, "features"), "feature")
    for review in pack.reviews:
        named = (review.duty,) if review.duty else ()
        _all_in(reader, ("reviews", review.key, "duty"), named, _declared(raw, "duties"), "duty")


def _keys(raw: Mapping[str, Any], section: str, name: str) -> set[str]:
    found = raw.get(section, {})
    return _declared(found, name) if isinstance(found, Mapping) else set()


def _all_in(reader: Reader, path: Path, names: Iterable[str], known: set[str], what: str) -> None:
    for name in names:
        if name not in known and not reader.may_lack(what):
            near = get_close_matches(name, known, n=3)
            told = one_of(sorted(known) or ["none is declared"])
            instead = f"Did you mean {', '.join(near)}?" if near else told
            reader.fault(path, f'There is no {what} "{name}".', instead)


def _scales(pack: Pack, _raw: Mapping[str, Any], reader: Reader) -> None:
    for framework in pack.frameworks:
        path = ("frameworks", framework.key)
        if len(framework.scale) != len(framework.points):
            reader.fault(
                (*path, "points"),
                f"{len(framework.scale)} levels have {len(framework.points)} points.",
                "Give each level of the scale its points, in the same order.",
            )
        if set(framework.scale) != set(framework.levels.keys()):
            reader.fault(
                (*path, "scale"),
                "The scale and the levels below it name different things.",
                "Give every level of the scale its own table, and no more.",
            )
        doubled = Counter(item.key for item in framework.items)
        for key in (key for key, times in doubled.items() if times > 1):
            reader.fault((*path, "areas"), f'Two items are numbered "{key}".', "Number one anew.")


def _shift_times(pack: Pack, _raw: Mapping[str, Any], reader: Reader) -> None:
    for shift in pack.shifts:
        for field in ("starts", "ends"):
            try:
                time.fromisoformat(getattr(shift, field))
            except ValueError:
                reader.fault(
                    ("shifts", shift.key, field), "That is not a time.", 'Write it as "22:00".'
                )


def _questions(pack: Pack, raw: Mapping[str, Any], reader: Reader) -> None:
    lists = _declared(raw, "choice_lists")
    for path, question in _every_question(pack):
        chosen = question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES)
        if question.choices:
            _all_in(reader, (*path, "choices"), (question.choices,), lists, "choice list")
        elif chosen and not len(question.options):
            reader.fault(
                path, "There is nothing to choose from.", "Give it options or a choice list."
            )


def _every_question(pack: Pack) -> Iterable[tuple[Path, Question]]:
    for sheet in pack.sheets:
        for section in sheet.sections:
            path: Path = ("sheets", sheet.key, "sections", section.key, "questions")
            yield from (((*path, q.key), q) for q in section.questions)
    for form in pack.forms:
        yield from ((("forms", form.key, "fields", q.key), q) for q in form.fields)
        yield from ((("forms", form.key, "line_fields", q.key), q) for q in form.line_fields)


def _own_test(pack: Pack, _raw: Mapping[str, Any], reader: Reader) -> None:
    """The dates that the pack says a sample admission must come to."""
    for expected in pack.self_test.expects:
        path = ("self_test", "expects", expected.key)
        duty = pack.duties.get(expected.key)
        start = pack.self_test.facts.get(duty.anchor) if duty else None
        if duty is None or start is None or start == date.min:
            reader.fault(
                path, "It cannot be worked out.", "Name a duty, and give its anchor a date."
            )
            continue
        for field, length, wanted in (
            ("due", duty.due or _length(duty.every), expected.due),
            ("opens", duty.opens, expected.opens),
        ):
            comes_to = length.after(start) if length else start
            if wanted is not None and comes_to != wanted:
                reader.fault(
                    (*path, field),
                    f"It comes to {comes_to:%d %B %Y}, not {wanted:%d %B %Y}.",
                    "Mend the length in the duty, or the date here.",
                )


def _length(every: str) -> Duration | None:
    return Duration.parse(every) if _is_length(every) else None


def _facts_are_known(pack: Pack, reader: Reader, facts: set[str]) -> None:
    for duty in pack.duties:
        for field in ("anchor", "else_from", "before", "done_by"):
            name = getattr(duty, field).partition(":")[0]
            if name:
                _all_in(reader, ("duties", duty.key, field), (name,), facts, "fact")
    for stage in pack.stages:
        for task in stage.tasks:
            path = ("stages", stage.key, "tasks", task.key)
            asked = (found.fact for found in task.all_evidence if not found.judged)
            _all_in(reader, path, asked, facts, "fact")


_CHECKS: tuple[Callable[[Pack, Mapping[str, Any], Reader], None], ...] = (
    _holidays,
    _reporting_lines,
    _stage_order,
    _stage_tasks,
    _owners,
    _roles_named,
    _signers,
    _models_and_aims,
    _duty_times,
    _opens_in_time,
    _numbers,
    _names_inside,
    _scales,
    _questions,
    _shift_times,
    _own_test,
)
