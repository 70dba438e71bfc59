"""The choices that forms of this room offer, from the practice and the people who work here."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.practice.pack import Pack

type Offered = list[tuple[str, str | list[tuple[str, str]]]]


def needs(pack: Pack) -> Offered:
    """Assessment items under their areas, after "no need named"."""
    areas = [area for framework in pack.frameworks for area in framework.areas]
    grouped = [
        (area.says, [(item.key, f"{item.key} {item.says}") for item in area.in_order])
        for area in areas
    ]
    return [("", "No need named"), *grouped]


def tasks(pack: Pack) -> Offered:
    """Tasks under their stages, after "no task"."""
    grouped = [
        (stage.says, [(task.key, f"{task.key} {task.says}") for task in stage.tasks])
        for stage in pack.stages_in_order
        if len(stage.tasks)
    ]
    return [("", "No task of a stage"), *grouped]


def listed(pack: Pack, name: str, nothing: str = "Choose one") -> Offered:
    """A list of the pack, after an answer that says nothing."""
    found = pack.choice_lists.get(name)
    return [("", nothing), *((choice.key, choice.says) for choice in found or ())]


def levels(pack: Pack) -> Offered:
    """How ready somebody is, in the words of the practice's scales."""
    steps = {level.key: level.says for framework in pack.frameworks for level in framework.steps}
    return [("", "Not asked"), *steps.items()]


def principles(pack: Pack, *, also: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The principles of a practice, and those that stand there already; mostly none."""
    listed, offered = pack.choices("principles"), dict(pack.principles.pairs())
    offered |= {key: listed[key] for key in also if key in listed}
    return [(key, choice.says) for key, choice in offered.items()]


def aims(pack: Pack) -> list[tuple[str, str]]:
    """The aims of the service with their objectives, after "no aim named"; none where there are
    none.
    """
    found = [(aim.key, f"– {aim.says}" if aim.under else aim.says) for aim in pack.aims_in_order]
    return [("", "No aim named"), *found] if found else []
