"""One form on one page, whose words are kept until they are a record.

With a script they are kept while they are typed. Without one there is a second button: keep
this, and finish it later. Either way the page begins with what was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.drafts import keeping
from alongside.portal.views.guests import show
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm
from alongside.ui.pages import go

NEVER = frozenset({"csrfmiddlewaretoken", "once", "version", "keep_for_later", "pin"})


def asked(
    request: HttpRequest,
    stay: Stay,
    form: OperationForm,
    act: Callable[..., Any],
    *,
    title: str,
    then: Sequence[object],
    says: str,
    back: str,
    button: str = "Save",
    template: str = "portal/ask.html",
    subject: Any = None,
    **shown: Any,
) -> HttpResponse:
    """Do it as the resident and go on, or show the form with what is wrong.

    `act` takes the subject (the stay, when none is named); `back` is the page it belongs to.
    """
    key, me = form.draft_key, stay.resident
    if key and "keep_for_later" in request.POST:
        keeping.keep(me, key, words_of(request))
        return go(request, back, says="Your words are kept. Nobody else sees them.")
    if form.carry_out(act, subject or stay, by=me):
        if key:
            keeping.let_go(me, key)
        return go(request, str(then[0]), *then[1:], says=says)
    if key and not form.is_bound:
        begin_with_kept(form, stay)
    return show(
        request, stay, template, title, writing=True, form=form, button=button,
        back_url=reverse(back), **shown,
    )  # fmt: skip


def words_of(request: HttpRequest) -> dict[str, list[str]]:
    """What was typed, as the script would have sent it."""
    return {
        name: [str(one) for one in values]
        for name, values in request.POST.lists()
        if name not in NEVER
    }


def begin_with_kept(form: OperationForm, stay: Stay) -> None:
    """Let a fresh form begin with the words that were kept."""
    draft = keeping.kept(stay.resident, form.draft_key)
    for name, words in (draft.words if draft else {}).items():
        if name in form.fields and name not in NEVER and words:
            form.initial[name] = words[0] if isinstance(words, list) else words
