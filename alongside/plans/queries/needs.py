"""What an action or goal can be for: the pack’s assessment items and stage tasks."""

from __future__ import annotations

from alongside.practice.frameworks import Item
from alongside.practice.pack import Pack
from alongside.practice.stages import Task


def needs_of(pack: Pack) -> dict[str, Item]:
    """Every item of the pack's frameworks by its number, in order."""
    return {item.key: item for framework in pack.frameworks for item in framework.items}


def tasks_of(pack: Pack) -> dict[str, Task]:
    """Every task of the pack's stages by its code, in the order of the stages."""
    return {task.key: task for stage in pack.stages_in_order for task in stage.tasks}
