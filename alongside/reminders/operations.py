"""Reminding somebody, once a day; and choosing what one is sent."""

from __future__ import annotations

from django.conf import settings

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.post.operations import queue_letter
from alongside.reminders.models import LAST_HOUR, MailChoice, Reminder
from alongside.reminders.queries import Due
from alongside.reminders.words import subject_of, text_of


@operation("reminder.queued", needs=None)
def remind(staff: Staff, *, by: Actor, of: Due) -> Reminder:
    """Keep a reminder for the post: how many things are due or wait, and nothing about anybody.

    Refused when they had theirs for that day already, whoever runs it at the same time.
    """
    reminder = Reminder.objects.create(
        staff=staff, kind=of.kind, on=of.on, due=of.due, late=of.late, soon=of.soon,
        passed_up=of.passed_up,
    )  # fmt: skip
    queue_letter(
        of.scheme,
        by=by,
        to=staff.email,
        subject=subject_of(of.kind, due=of.due, late=of.late, soon=of.soon),
        text=text_of(
            of.kind,
            due=of.due,
            late=of.late,
            soon=of.soon,
            passed_up=of.passed_up,
            site=settings.SITE,
        ),
        about=reminder.pk,
    )
    return reminder


@operation("reminder.chosen", needs=None)
def choose_mail(
    staff: Staff, *, by: Actor, daily: bool, weekly: bool, unread: bool, from_hour: int
) -> MailChoice:
    """Choose what one is sent by e-mail, and from which hour of the day (0 to 23).

    Refused for anybody else, and for an hour that no day has.
    """
    if by.actor_id != staff.pk:
        raise Refused(
            "What somebody is sent is theirs to choose.",
            instead="Ask them to choose it on their own page.",
        )
    if not 0 <= from_hour <= LAST_HOUR:
        raise Refused(
            "A day has the hours 0 to 23.", instead="Choose one of them.", field="from_hour"
        )
    chosen = {
        "daily": daily, "weekly": weekly, "unread": unread, "from_hour": from_hour,
        "chosen_at": clock.now(),
    }  # fmt: skip
    choice, _ = MailChoice.objects.update_or_create(staff=staff, defaults=chosen)
    return choice
