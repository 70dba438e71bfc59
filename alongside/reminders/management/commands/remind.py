"""`alongside remind`: tell everybody how much is due today, and send it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from alongside.audit.actors import System
from alongside.audit.guard import guarded
from alongside.post.sending import send_what_is_due
from alongside.reminders.sending import remind_everybody

REMINDERS = System("the reminders")


class Command(BaseCommand):
    """To be run every hour, by cron or a timer. Running it again reminds nobody twice."""

    help = "Remind everybody of what is due today, each once a day, from the hour they chose."

    def handle(self, *args: Any, **options: Any) -> None:
        with guarded():
            queued = remind_everybody(by=REMINDERS)
            done = send_what_is_due(by=REMINDERS)
        self.stdout.write(f"{queued} reminded; {done.sent} sent, {done.failed} to be tried again.")
