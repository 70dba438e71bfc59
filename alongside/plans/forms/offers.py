"""The choices that forms of this room offer, from the practice and the people who work here."""

from __future__ import annotations

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
