"""What stages ask about the duties of the house."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_DOWN, Decimal

from django.db.models import Count, Q

from alongside.chores.models import HouseDuty, Result
from alongside.duties.facts import Measure, measures
from alongside.stays.models import Stay


@measures("house_duties.percent", reads=[HouseDuty])
def house_duties_percent(stay: Stay, of: str) -> Measure:
    """Done of those due lately, in per cent, rounded down: all is not done until all is.

    One that is excused does not count; one that nobody has looked at is not done. Before the
    first nothing is known.
    """
    today = stay.scheme.today()
    days = int(stay.scheme.pack.limit("house_duty_period"))
    due = HouseDuty.objects.filter(stay=stay).between(today - timedelta(days=days - 1), today)
    due = due.exclude(result=Result.EXCUSED).exclude(result="", due_on=today)
    counted = due.order_by().aggregate(
        of=Count("pk"), done=Count("pk", filter=Q(result=Result.DONE))
    )
    done, asked = counted["done"], counted["of"]
    if not asked:
        return Measure(None, f"No duty of the house in the last {days} days", today)
    share = Decimal(100 * done) / Decimal(asked)
    share = share.quantize(Decimal("0.1"), rounding=ROUND_DOWN)
    return Measure(share, f"{done} of {asked} duties in {days} days: {share} per cent", today)
