"""What operations on plans refuse, in one place each."""

from __future__ import annotations

from typing import Any

from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.plans.queries.needs import needs_of, tasks_of
from alongside.stays.models import Stay


def stay_has_ended(stay: Stay) -> Refused | None:
    """Nothing new is planned with somebody who has moved on."""
    if stay.is_current():
        return None
    return Refused(
        f"{stay.resident} has moved on.",
        instead="Add a note to the file instead, or correct the date they moved on.",
    )


def require_known(stay: Stay, *, need: str = "", task: str = "") -> None:
    """Refuse a need or a stage task that the practice does not have."""
    pack = stay.pack
    if need and need not in needs_of(pack):
        raise Refused(
            f"There is no need numbered {need} here.",
            instead="Choose one from the list, or leave it empty.",
            field="need",
        )
    if task and task not in tasks_of(pack):
        raise Refused(
            f"There is no task {task} in the stages here.",
            instead="Choose one from the list, or leave it empty.",
            field="task",
        )


def require_words(text: str, *, field: str, instead: str) -> str:
    """The words without the space around them; refused when there are none."""
    if words := text.strip():
        return words
    raise Refused("Nothing has been written yet.", instead=instead, field=field)


def require_choice(stay: Stay, name: str, key: str, *, field: str) -> None:
    """Refuse an answer that is not on the pack's list of that name. Empty is no answer."""
    choices: Any = stay.scheme.pack.choice_lists.get(name)
    if key and (choices is None or key not in choices):
        raise Refused("That is not on the list.", instead="Choose one of the list.", field=field)


def require_latest(now: int, seen: int | None, *, theirs: dict[str, Any], mine: Any) -> None:
    """Refuse to write over what somebody else wrote since the page was opened.

    `now` and `seen` count the saves; `theirs` and `mine` hold the texts by the form's fields.
    """
    if seen is None or seen == now:
        return
    differs = {
        field: str(text or "")
        for field, text in theirs.items()
        if str(text or "").strip() != str(mine.get(field) or "").strip()
    }
    if differs:
        raise ChangedMeanwhile(
            "Somebody else changed this while you were writing.",
            instead="Both texts are shown: keep yours, theirs or both, and save again.",
            theirs=differs,
            version=now,
        )
