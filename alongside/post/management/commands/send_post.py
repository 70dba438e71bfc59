"""`alongside send-post`: the letters that wait, handed to the mail server."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from alongside.audit.actors import System
from alongside.audit.guard import guarded
from alongside.post.sending import send_what_is_due

THE_POST = System("the post")


class Command(BaseCommand):
    """To be run every few minutes, by cron or a timer. Two at once do not send a letter twice."""

    help = "Send the letters that wait. Without a mail server they are written to the terminal."

    def handle(self, *args: Any, **options: Any) -> None:
        with guarded():
            done = send_what_is_due(by=THE_POST)
        self.stdout.write(f"{done.sent} sent, {done.failed} to be tried again.")
