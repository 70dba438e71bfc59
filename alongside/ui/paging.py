"""Long lists a piece at a time, in the order the reader chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, QuerySet, Window

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

AT_MOST = 50
DIGITS = 7  # in the number of a page


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go from a list: another page, another order, another choice."""

    says: str
    url: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Paged[T]:
    """One piece of a list. `{% pager paged %}` and `{% sort_header paged ... %}` read it."""

    items: Sequence[T]
    number: int
    of: int
    total: int
    size: int
    sort: str
    asked: QueryDict

    def __iter__(self) -> Any:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)

    def earlier(self) -> str:
        return with_(self.asked, page=self.number - 1) if self.number > 1 else ""

    def later(self) -> str:
        return with_(self.asked, page=self.number + 1) if self.number < self.of else ""

    def sorted_by(self, key: str) -> str:
        """The address of this list in this order; in the other direction if it has it already."""
        return with_(self.asked, page=None, sort=f"-{key}" if self.sort == key else key)

    def direction(self, key: str) -> str:
        """What `aria-sort` says of this column."""
        if self.sort.lstrip("-") != key:
            return "none"
        return "descending" if self.sort.startswith("-") else "ascending"


def paged[T: Any](
    request: HttpRequest,
    rows: QuerySet[T],
    *,
    sorts: Mapping[str, str] | None = None,
    size: int = 25,
    dear: bool = False,
) -> Paged[T]:
    """The page that `?page=` asks for, in the order that `?sort=` names. At most two queries.

    `dear` says that finding the rows is most of the work: they are then found and counted in one.

    `sorts` gives each order a reader may choose and the field it reads; the first is the order
    without choosing. `size` is at most 50 rows. An order nobody offered, or a page past the end,
    is answered with the nearest there is.
    """
    size = min(size, AT_MOST)
    offered = dict(sorts or {})
    sort = request.GET.get("sort", "")
    if sort.lstrip("-") not in offered:
        sort = next(iter(offered), "")
    if sort:
        rows = rows.order_by(_order(offered[sort.lstrip("-")], backwards=sort[0] == "-"), "pk")
    asked = _number_asked(request)
    if dear:
        rows = rows.annotate(found_in_all=Window(Count("pk")))
    items = list(rows[: size + 1]) if asked == 1 else []
    if asked == 1 and len(items) <= size:  # all there is, and nothing left to count
        return Paged(items, 1, 1, len(items), size, sort, request.GET)
    total = items[0].found_in_all if dear and items else rows.count()
    number, of = _page_asked(request, total, size)
    start = (number - 1) * size
    shown = items[:size] if items else list(rows[start : start + size])
    return Paged(shown, number, of, total, size, sort, request.GET)


def paged_list[T](request: HttpRequest, rows: Sequence[T], *, size: int = 25) -> Paged[T]:
    """The page that `?page=` asks for of rows that are in memory, in the order they have."""
    number, of = _page_asked(request, len(rows), size)
    shown = rows[(number - 1) * size : number * size]
    return Paged(shown, number, of, len(rows), size, "", request.GET)


def _page_asked(request: HttpRequest, total: int, size: int) -> tuple[int, int]:
    of = max(ceil(total / size), 1)
    return min(_number_asked(request), of), of


def _number_asked(request: HttpRequest) -> int:
    return max(_whole(request.GET.get("page", "1")), 1)


def choices(
    request: HttpRequest, name: str, offered: Mapping[str, str], *, everything: str = "Everything"
) -> list[Link]:
    """A link for each value of one filter, and one for no filter; other filters are kept."""
    chosen = request.GET.get(name, "")
    return [
        Link(says, with_(request.GET, page=None, **{name: value or None}), chosen == value)
        for value, says in {"": everything, **offered}.items()
    ]


def with_(asked: QueryDict, **changes: object) -> str:
    """This query string with something changed; None leaves a part out."""
    changed = asked.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"


def _order(name: str, *, backwards: bool) -> Any:
    """What is not known stands last, whichever way the list runs."""
    return F(name).desc(nulls_last=True) if backwards else F(name).asc(nulls_last=True)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 1
