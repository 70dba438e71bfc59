"""The forms of a page as a browser finds them: their fields, and what stands in each."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = frozenset({
    "text", "email", "tel", "url", "search", "number", "date", "time", "datetime-local", "month",
    "textarea",
})  # fmt: skip

# Forms that stand around every page: by a part of their address.
AROUND = frozenset({"sign-out", "cover"})
UNSENT = frozenset({"file", "button", "submit"})


@dataclass
class PageField:
    """One field: what kind of control, what may be chosen, and what stands in it now."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)

    @property
    def is_sent(self) -> bool:
        """Whether a browser sends it when nobody touches it."""
        return bool(self.value) if self.kind in {"checkbox", "radio"} else self.kind not in UNSENT

    @property
    def is_typed(self) -> bool:
        return self.kind in TYPED


@dataclass
class PageForm:
    """One form that posts, with its fields by name."""

    action: str
    fields: dict[str, PageField] = field(default_factory=dict)


def forms_of(body: str) -> list[PageForm]:
    """Every form of the page that posts, but for those that stand around every page."""
    reader = _Reader()
    reader.feed(body)
    return [form for form in reader.forms if not AROUND & {*form.action.split("/")}]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PageForm] = []
        self.form: PageForm | None = None
        self.select: PageField | None = None
        self.textarea: PageField | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            posts = given.get("method", "get").lower() == "post"
            self.form = PageForm(given.get("action", "")) if posts else None
            if self.form:
                self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "input":
            self._input(self.form, given)
        elif tag == "button" and given.get("name"):
            self._add(self.form, PageField(given["name"], "button", given.get("value", "")))
        elif tag == "textarea":
            self.textarea = self._add(self.form, PageField(given.get("name", ""), "textarea"))
        elif tag == "select":
            self.select = self._add(self.form, PageField(given.get("name", ""), "select"))
        elif tag == "option" and self.select:
            self.select.choices.append(given.get("value", ""))
            if "selected" in given:
                self.select.value = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.textarea.value += data

    def _input(self, form: PageForm, given: dict[str, str]) -> None:
        name, kind, value = given.get("name", ""), given.get("type", "text"), given.get("value", "")
        if kind not in {"checkbox", "radio"}:
            self._add(form, PageField(name, kind, value))
            return
        there = form.fields.get(name) or self._add(form, PageField(name, kind))
        there.choices.append(value or "on")
        if "checked" in given:
            there.value = value or "on"

    @staticmethod
    def _add(form: PageForm, found: PageField) -> PageField:
        if found.name:
            return form.fields.setdefault(found.name, found)
        return found
