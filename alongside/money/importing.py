"""Taking over from older records what somebody owes, has saved, and whether a benefit is live.

A list gives a figure and no day: what it says is so on the day it is brought in.
"""

from __future__ import annotations

from decimal import Decimal

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.money.models import (
    Arrears,
    Benefit,
    BenefitStatus,
    Deposit,
    Saving,
)
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay

HOUSING_BENEFIT = "housing_benefit"
NOT_SAID = "Not said in the older list"


@operation("benefit.imported", needs=Action.IMPORT_RECORDS)
def import_benefit(
    stay: Stay, *, by: Actor, status: str, kind: str = HOUSING_BENEFIT, reference: str = ""
) -> Benefit:
    """Take over where a benefit stands today. Refused when the practice lists no such benefit."""
    if kind not in stay.scheme.pack.choices("benefits"):
        raise Refused("There is no such benefit here.", instead="Record it on the money page.")
    benefit = Benefit.objects.create(
        stay=stay, kind=kind, reference=reference[:60], recorded_by=_staff(by)
    )
    BenefitStatus.objects.create(
        benefit=benefit, status=status, from_on=stay.scheme.today(), recorded_by=_staff(by)
    )
    return benefit


@operation("saving.imported", needs=Action.IMPORT_RECORDS)
def import_saving(stay: Stay, *, by: Actor, amount: Decimal) -> Saving:
    """Take over what they have saved. What they aim for is not known until somebody asks."""
    today = stay.scheme.today()
    saving = Saving.objects.create(
        stay=stay, where=NOT_SAID, opened_on=today, recorded_by=_staff(by)
    )
    Deposit.objects.create(saving=saving, saved_on=today, amount=amount, recorded_by=_staff(by))
    return saving


@operation("arrears.imported", needs=Action.IMPORT_RECORDS)
def import_arrears(stay: Stay, *, by: Actor, amount: Decimal) -> Arrears:
    """Take over what they owe. To whom, the list does not say; somebody asks and writes it down."""
    return Arrears.objects.create(
        stay=stay, creditor=NOT_SAID, amount=amount, recorded_by=_staff(by)
    )


def _staff(by: Actor) -> Staff | None:
    return by if isinstance(by, Staff) else None
