"""Pages of the reference that the code writes itself, so that they cannot be out of date."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from alongside.audit.operation import OPERATIONS, Operation
from alongside.duties.facts import FACTS, MEASURES
from alongside.practice.actions import Action
from alongside.practice.contents import Pack
from alongside.practice.pack import pack, packs

AGAIN = "Written by `./run manage write_reference`; do not edit it by hand."


def operations_page() -> str:
    """Every event of the journal: what it stands for, and the right it takes."""
    rows = [
        (f"`{event}`", first_sentence(each), f"`{each.needs}`" if each.needs else "nothing", room)
        for event, each in sorted(OPERATIONS.items())
        if (room := room_of(each))
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
    ]
    for shipped in (pack(about.id, about.version) for about in packs()):
        rows = [
            (f"`{name}`", answered_by(name) or "by hand")
            for name in sorted(asked_of_the_record(shipped))
        ]
        head = f"## {shipped.about.says} (`{shipped.key}`)"
        lines += [head, "", *table(("Fact", "Answered by"), rows), ""]
    return "\n".join(lines)


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
    found = FACTS.get(fact) or MEASURES.get(fact)
    return found.ask.__module__.split(".")[1] if found else ""


def first_sentence(each: Operation[Any, Any, Any]) -> str:
    """The first paragraph of its docstring, as one line."""
    return " ".join((each.__doc__ or "").strip().split("\n\n")[0].split()).replace("|", "\\|")


def room_of(each: Operation[Any, Any, Any]) -> str:
    return each.__module__.split(".")[1]


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ("---",) * len(head), *rows)]


PAGES: dict[str, Callable[[], str]] = {
    "operations.md": operations_page,
    "actions-and-roles.md": actions_page,
    "facts.md": facts_page,
}
