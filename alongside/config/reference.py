"""Pages of the reference that the code writes itself, so that they cannot be out of date."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from alongside.audit.operation import OPERATIONS
from alongside.duties.facts import FACTS, FACTS_OF, MEASURES
from alongside.duties.subjects import KINDS
from alongside.practice.actions import Action
from alongside.practice.contents import Pack
from alongside.practice.pack import pack, packs

AGAIN = "Written by `./run manage write_reference`; do not edit it by hand."


def operations_page() -> str:
    """Every event of the journal: what it stands for, and the right it takes."""
    rows = [
        (f"`{event}`", first_line(each), f"`{each.needs}`" if each.needs else "nothing", where)
        for event, each in sorted(OPERATIONS.items())
        if (where := room(each))
    ]
    return "\n".join(
        [
            "# Operations",
            "",
            "Everything that can be done, by the name it has in the journal. Nothing is written "
            "in any other way. " + AGAIN,
            "",
            *table(("Event", "What it does", "Needs", "Room"), rows),
            "",
        ]
    )


def actions_page() -> str:
    """Every action, the operations that ask for it, and whose role includes it."""
    lines = [
        "# Actions and roles",
        "",
        "What a role may do is written in the practice pack; what can be asked for is written "
        "here. " + AGAIN,
        "",
    ]
    for shipped in (pack(about.id, about.version) for about in packs()):
        lines += [f"## {shipped.about.says} (`{shipped.key}`)", "", *rights_in(shipped), ""]
    return "\n".join(lines)


def rights_in(shipped: Pack) -> list[str]:
    rows = [
        (
            f"`{action}`",
            ", ".join(f"`{event}`" for event in events_for(action)) or "seeing pages",
            ", ".join(role.says for role in shipped.roles if action in role.may) or "nobody",
        )
        for action in Action
    ]
    return table(("Action", "Asked for by", "Who may"), rows)


def events_for(action: Action) -> list[str]:
    return sorted(event for event, each in OPERATIONS.items() if each.needs == action)


def facts_page() -> str:
    """Every fact that a shipped pack works duties and stages out from, and who answers it."""
    lines = [
        "# Facts",
        "",
        "Duties and stages are worked out from these questions to the record. A fact that no room "
        "answers yet is confirmed by hand, by a member of staff in words. " + AGAIN,
        "",
        *subjects_part(),
    ]
    for shipped in (pack(about.id, about.version) for about in packs()):
        rows = [
            (f"`{name}`", answered_by(name) or "by hand")
            for name in sorted(asked_of_the_record(shipped))
        ]
        head = f"## {shipped.about.says} (`{shipped.key}`)"
        lines += [head, "", *table(("Fact", "Answered by"), rows), ""]
    return "\n".join(lines)


def subjects_part() -> list[str]:
    """What duties can be about, and the facts that only one kind of subject has."""
    kinds = [(f"`{key}`", first_line(kind.tells), room(kind.tells)) for key, kind in KINDS.items()]
    own = [
        (f"`{name}`", f"`{key}`", room(fact.ask))
        for key, facts in sorted(FACTS_OF.items())
        if facts is not FACTS
        for name, fact in sorted(facts.items())
    ]
    lines = [
        "## What a duty can be about",
        "",
        "A pack writes it as `subject`; left out, a duty is about a stay.",
        "",
        *table(("Subject", "What it is", "Room"), sorted(kinds)),
        "",
    ]
    if own:
        head = "Facts that are asked of these alone; a fact below is asked of a stay."
        lines += [head, "", *table(("Fact", "Asked of", "Answered by"), own), ""]
    return lines


def asked_of_the_record(of: Pack) -> set[str]:
    """The name of every fact and measure that the pack's duties and stages name."""
    names = {
        name
        for rule in of.duties
        for name in (rule.anchor, rule.else_from, rule.before, rule.done_by, *rule.pause_when)
    }
    tasks = (task for stage in of.stages for task in stage.tasks)
    names |= {each.fact for task in tasks for each in task.all_evidence if not each.judged}
    return {name.partition(":")[0] for name in names if name}


def answered_by(fact: str) -> str:
    """The room that answers it; empty while none does."""
    answers = [MEASURES.get(fact), *(facts.get(fact) for facts in FACTS_OF.values())]
    return next((room(found.ask) for found in answers if found), "")


def first_line(each: Any) -> str:
    """The first paragraph of its docstring, as one line."""
    return " ".join((each.__doc__ or "").strip().split("\n\n")[0].split()).replace("|", "\\|")


def room(each: Any) -> str:
    """The room that a function is in."""
    return str(each.__module__).split(".")[1]


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ("---",) * len(head), *rows)]


PAGES: dict[str, Callable[[], str]] = {
    "operations.md": operations_page,
    "actions-and-roles.md": actions_page,
    "facts.md": facts_page,
}
