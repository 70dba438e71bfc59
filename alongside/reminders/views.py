"""Everybody's own page about the e-mails they are sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from alongside.post.queries import letters_about
from alongside.reminders import operations, queries
from alongside.reminders.forms import MailForm
from alongside.ui.pages import StaffRequest, ask


@require_http_methods(["GET", "POST"])
def my_mail(request: StaffRequest) -> HttpResponse:
    """What I am sent, from which hour, and what I was sent lately."""
    choice = queries.choice_of(request.user)
    leads = bool(queries.leads_at(request.user))
    initial = (
        {name: getattr(choice, name) for name in ("daily", "weekly", "unread", "from_hour")}
        if choice
        else {}
    )
    form = MailForm.from_request(request, leads=leads, initial=initial)
    lately = queries.lately(request.user)
    letters = letters_about(one.pk for one in lately)
    shown = {
        "leads": leads,
        "lately": [(one, next(iter(letters.get(one.pk, ())), None)) for one in lately],
    }
    return ask(
        request, form, operations.choose_mail, request.user,
        then=("reminders:my-mail",), says="Kept.", template="reminders/my_mail.html", shown=shown,
    )  # fmt: skip
