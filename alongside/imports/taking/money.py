"""The money columns of a list of residents, where the figure is clear."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from alongside.audit.operation import attempt
from alongside.imports.kinds.stays import StayRecord
from alongside.imports.taking.intake import Intake
from alongside.kit.refusal import Refused
from alongside.money.importing import import_arrears, import_benefit, import_saving
from alongside.practice.parts import switched_off
from alongside.stays.models import Stay

STATUSES = {"yes": "live", "applied": "applied"}
NOTHING = Decimal(0)


def in_words(record: StayRecord) -> dict[str, str]:
    """The columns as they stood, which stay with the row whatever becomes of them."""
    said = {
        "Arrears": record.arrears,
        "Savings": record.savings,
        "Housing Benefit live": record.hb_live.replace("_", " ") or None,
    }
    return {label: str(value) for label, value in said.items() if value is not None}


def take_money(record: StayRecord, stay: Stay, intake: Intake) -> None:
    """Put into the money room what somebody who lives here owes, has saved and is paid.

    Of somebody who left the words are enough; where the practice has no money room, too.
    """
    if record.moved_out or switched_off("money", intake.scheme.pack):
        return
    for act in _acts(record, stay, intake):
        try:
            with attempt():
                act()
        except Refused:
            continue  # the words stay with the row


def _acts(record: StayRecord, stay: Stay, intake: Intake) -> list[Callable[[], Any]]:
    acts: list[Callable[[], Any]] = []
    if record.arrears and record.arrears > NOTHING:
        acts.append(partial(import_arrears, stay, by=intake.by, amount=record.arrears))
    if record.savings and record.savings > NOTHING:
        acts.append(partial(import_saving, stay, by=intake.by, amount=record.savings))
    if status := STATUSES.get(record.hb_live):
        reference = record.texts.get("hb_ref", "")
        acts.append(partial(import_benefit, stay, by=intake.by, status=status, reference=reference))
    return acts
