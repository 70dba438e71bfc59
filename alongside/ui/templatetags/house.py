"""The components: `{% load house %}`. Each is shown, with how to use it, on the page /ui/."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms, template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from alongside.practice.actions import Action

if TYPE_CHECKING:
    from alongside.ui.charts import Chart
    from alongside.ui.context import Place
    from alongside.ui.paging import Paged

register = template.Library()
HERE = mark_safe(' aria-current="page"')
BEGINNING = re.compile(r"(?:\S+\s+){60}")


@register.filter
def is_checkbox(field: Any) -> bool:
    """Whether a bound field is one box to tick, which stands before its words."""
    return type(field.field.widget) is forms.CheckboxInput


ROOMY = 1000
"""So many characters that nobody need be told how many there are before they are near the end."""


@register.filter
def is_roomy(characters: int | str) -> bool:
    """Whether a box holds more than one would write in one go."""
    return int(characters) >= ROOMY


@register.filter
def initials(name: object) -> str:
    """The letters in the circle: first and last of a name."""
    words = [word for word in str(name).split() if word[0].isalnum()] or str(name).split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def day(when: date | datetime | None) -> SafeString | str:
    """A date as people say it, for machines too: Monday 20 April 2026. A dash for none."""
    if when is None:
        return "–"
    if isinstance(when, datetime):
        when = timezone.localtime(when)
    return format_html(
        '<time datetime="{}">{}</time>', when.isoformat(), f"{when:%A} {_date(when)}"
    )


@register.filter
def short_day(when: date | datetime | None) -> SafeString | str:
    """20 Apr 2026, for tables and tiles."""
    if when is None:
        return "–"
    if isinstance(when, datetime):
        when = timezone.localtime(when)
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), f"{when:%-d %b %Y}")


@register.filter
def short_time(when: datetime | None) -> str:
    """Mon 20 Apr, 14:30, as it is on the wall here; nothing for none."""
    return f"{timezone.localtime(when):%a %-d %b, %H:%M}" if when else ""


@register.filter
def hour(when: datetime | None) -> str:
    """14:30, as it is on the wall here; nothing for none."""
    return f"{timezone.localtime(when):%H:%M}" if when else ""


@register.filter
def in_short(words: str) -> SafeString:
    """The first sixty words, in the lines they were written in."""
    words = words.strip()
    if beginning := BEGINNING.match(words):
        words = f"{beginning[0].rstrip()} …"
    return mark_safe(escape(words).replace("\n", "<br>"))  # noqa: S308


@register.simple_tag
def pill(words: object, tone: str = "") -> SafeString:
    """A state in a word or two. Tones: good, warn, bad, info, quiet, stage."""
    return _pill(words if isinstance(words, SafeString) else str(words), tone)


@lru_cache(maxsize=1024, typed=True)  # the same few on every page; what is safe apart
def _pill(words: str, tone: str) -> SafeString:
    kind = f" house-pill--{tone}" if tone else ""
    return format_html('<strong class="house-pill{}">{}</strong>', kind, words)


@register.inclusion_tag("ui/person_header.html")
def person_header(
    name: str,
    *,
    pronouns: str = "",
    facts: Iterable[str] = (),
    stage: str = "",
    alerts: Iterable[str] = (),
    room: str = "",
    key_worker: str = "",
    key_worker_word: str = "key worker",
    action_url: str = "",
    action: str = "",
    level: int = 1,
) -> dict[str, Any]:
    """Whose page this is. `level` 2 when the page has a heading of its own."""
    known = [*([f"Room {room}"] if room else []), *facts]
    if key_worker:
        known.append(f"{key_worker_word} {key_worker}")
    return {
        "name": name, "pronouns": pronouns, "facts": known, "stage": stage,
        "alerts": list(alerts), "action_url": action_url, "action": action, "level": level,
    }  # fmt: skip


@register.inclusion_tag("ui/tile.html")
def tile(
    label: str, value: object, *, tone: str = "", note: object = "", url: str = ""
) -> dict[str, Any]:
    """One figure. Stand tiles in `<ul class="house-tiles">`. Tones: good, warn, bad."""
    return {"label": label, "value": value, "tone": tone, "note": note, "url": url}


@register.inclusion_tag("ui/timeline.html")
def timeline(moments: Iterable[Any], filters: Sequence[Any] = ()) -> dict[str, Any]:
    """What happened, day by day, in the order given.

    A moment has `happened_at` (or `happened_on`), `says`, and may have `url`, `about`, `tone`.
    `filters` are links from `paging.choices`.
    """
    days = [(on, list(group)) for on, group in groupby(moments, key=_on)]
    return {"days": days, "filters": filters}


@register.inclusion_tag("ui/sort_header.html")
def sort_header(paged: Paged[Any], key: str, says: str, *, number: bool = False) -> dict[str, Any]:
    """A column's head that sorts the list."""
    return {
        "says": says,
        "url": paged.sorted_by(key),
        "direction": paged.direction(key),
        "number": number,
    }


@register.inclusion_tag("ui/pager.html")
def pager(paged: Paged[Any], what: str = "") -> dict[str, Any]:
    """Where we are in a long list, and the way on. `what` is the plural of what is listed."""
    return {"paged": paged, "what": what}


@register.inclusion_tag("ui/filters.html")
def filter_links(links: Sequence[Any], says: str = "Show") -> dict[str, Any]:
    """One filter as a row of links, from `paging.choices`."""
    return {"links": links, "says": says}


@register.inclusion_tag("ui/empty.html")
def empty(says: str, then: str = "", *, url: str = "", action: str = "") -> dict[str, Any]:
    """Nothing here yet: what that means, and what one can do about it."""
    return {"says": says, "then": then, "url": url, "action": action}


@register.inclusion_tag("ui/sections.html", takes_context=True)
def section_navigation(
    context: Mapping[str, Any], links: Sequence[Any], says: str = "Sections"
) -> dict[str, Any]:
    """The parts of one file that are for this reader. Each link has `says`, `url`, `here`.

    A link that names what it `needs` is left out for who may not do that `at` its scheme.
    """
    reader = getattr(context.get("request"), "user", None)
    shown = [link for link in links if _is_for(reader, link)]
    first, more = _first_and_more(shown)
    return {"links": shown, "first": first, "more": more, "says": says}


ONE_ROW = 9
"""As many links as stand in one row on a small desktop, the one that one is at among them."""


def _first_and_more(links: list[Any]) -> tuple[list[Any], list[Any]]:
    """One row of links, where one is always among them, and the rest in alphabetical order."""
    if len(links) <= ONE_ROW + 1:
        return links, []
    elsewhere = [link for link in links[ONE_ROW:] if link.here]
    room = ONE_ROW - len(elsewhere)
    left = [link for link in links[room:] if link not in elsewhere]
    return [*links[:room], *elsewhere], sorted(left, key=lambda link: str(link.says).casefold())


def _is_for(reader: Any, link: Any) -> bool:
    needs = getattr(link, "needs", "")
    return not needs or reader is None or bool(reader.may(Action(needs), link.at))


@register.filter
def as_links(links: Iterable[Any]) -> SafeString:
    """Links as the items of a list; a file has two dozen of them, three times over."""
    rows = ((link.url, HERE if link.here else "", link.says) for link in links)
    return format_html_join("", '<li><a href="{}"{}>{}</a></li>', rows)


@register.simple_tag
def navigation_links(places: Iterable[Place], *, open: bool = False) -> SafeString:  # noqa: A002
    """The doors in the header; `open` shows what is behind them, as a phone's menu does."""
    return _navigation_links(tuple(places), open)


@lru_cache(maxsize=256)
def _navigation_links(places: tuple[Place, ...], open_: bool) -> SafeString:  # noqa: FBT001
    """Every page of a person's day has the same doors in the same words: written once."""
    shown = {"places": places, "open": open_}
    return mark_safe(render_to_string("ui/navigation_links.html", shown))  # noqa: S308  # a template of ours


@register.inclusion_tag("ui/progress.html")
def progress(says: str, done: float, of: float, *, words: str = "") -> dict[str, Any]:
    """How far along, in words and as a bar."""
    share = 0.0 if not of else max(0.0, min(100 * done / of, 100))
    return {"says": says, "share": f"{share:.1f}", "words": words or f"{done:g} of {of:g}"}


@register.inclusion_tag("ui/facts.html")
def facts(rows: Iterable[Sequence[object]]) -> dict[str, Any]:
    """A list of what is known: (term, value) or (term, value, url, what changing it is called)."""
    return {
        "rows": [dict(zip(("term", "value", "url", "action"), row, strict=False)) for row in rows]
    }


@register.inclusion_tag("ui/buttons.html")
def buttons(
    says: str = "Save", *, cancel: str = "", cancel_says: str = "Cancel", tone: str = ""
) -> dict[str, Any]:
    """The end of a form: the button, and the way out. Tone `warning` for what cannot be undone."""
    return {"says": says, "cancel": cancel, "cancel_says": cancel_says, "tone": tone}


@register.inclusion_tag("ui/back.html")
def back(url: str, says: str = "Back") -> dict[str, Any]:
    """The way back, above the page's heading: in `{% block back %}`."""
    return {"url": url, "says": says}


@register.inclusion_tag("ui/confirm.html", takes_context=True)
def confirm(
    context: template.Context,
    question: str,
    *,
    then: str = "",
    action: str = "",
    button: str = "Yes, go on",
    cancel: str = "",
    grave: bool = False,
    form: Any = None,
) -> dict[str, Any]:
    """One question, what follows from yes, and the way out. Posts to `action`."""
    return {
        "question": question, "then": then, "action": action, "button": button,
        "cancel": cancel, "grave": grave, "form": form, "csrf_token": context.get("csrf_token"),
    }  # fmt: skip


@register.inclusion_tag("ui/chart.html")
def chart(drawn: Chart) -> dict[str, Any]:
    """A chart from `alongside.ui.charts`, with its figures in a table behind it."""
    return {"chart": drawn}


@register.simple_tag
def signed(strokes: str, by: str) -> SafeString:
    """A drawn signature as it was drawn."""
    return format_html(
        '<svg class="house-signed" viewBox="0 0 600 200" role="img" aria-label="Signature of {}">'
        '<path d="{}"/></svg>',
        by,
        strokes,
    )


@register.simple_tag
def autosave(form: Any, key: str = "", *, at: str = "/drafts/") -> SafeString | str:
    """Attributes for `<form>` that keep what is typed: `{% autosave form %}`.

    The draft's key is the form's `draft_key`, or `key`. Nothing is kept without one. `at` is
    where it is kept: residents' own pages have a place of their own.
    """
    named = key or getattr(form, "draft_key", "")
    return format_html(' data-autosave="{}{}/"', at, named) if named else ""


def _on(moment: Any) -> date:
    when = getattr(moment, "happened_on", None) or moment.happened_at
    return timezone.localtime(when).date() if isinstance(when, datetime) else when


def _date(when: date) -> str:
    return f"{when:%-d %B %Y}"
