"""Words that are script to whoever does not look after them: a corpus of our own.

Each carries `zzx`, so that what it made of a page can be found: an element, an attribute or an
address with it would be new; as a text it is only words.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

TAGS = (
    "img", "svg", "body", "iframe", "object", "embed", "video", "audio", "input", "details",
    "marquee", "math", "a", "form", "button", "select", "textarea", "style", "link", "meta",
)  # fmt: skip
EVENTS = ("onerror", "onload", "onfocus", "onmouseover", "ontoggle", "onstart", "onclick")
BREAKS = (
    '"',
    "'",
    "`",
    '">',
    "'>",
    "-->",
    "]]>",
    "</title>",
    "</textarea>",
    "</script>",
    "</style>",
)
HX = (
    "hx-get", "hx-post", "hx-on:click", "hx-trigger", "hx-vals", "hx-action", "hx-swap",
    "data-hx-get", "hx-on::load",
)  # fmt: skip
SCHEMES = (
    "javascript:zzx()", "JaVaScRiPt:zzx()", "java\tscript:zzx()", "\x01javascript:zzx()",
    "data:text/html,zzx", "vbscript:zzx", "//zzx.example/", "https:zzx.example", "\\\\zzx.example",
)  # fmt: skip
ODD = (
    "<script>zzx()</script>", "<ScRiPt/src=//zzx>", "<scr<script>ipt>zzx()</scr</script>ipt>",
    "<%00script>zzx()</script>", "<svg><script>zzx()</script></svg>", "&lt;script&gt;zzx()",
    "&#60;script&#62;zzx()", "\\u003cscript\\u003ezzx()", "＜script＞zzx()", "<base href=//zzx>",
    "{{ zzx }}", "{% zzx %}", "{{constructor.constructor('zzx()')()}}", "${zzx}", "#{zzx}",
    "<zzx>", "</zzx>", "<!--zzx-->", "<?zzx?>", "<![CDATA[zzx]]>", "<a/zzx/onclick=zzx()>",
    "<img src=zzx:x onerror=zzx()//", "<img\nsrc\n=\nzzx\nonerror\n=\nzzx()>",
    "<svg/onload=zzx()>", "<math href=javascript:zzx()>", "+ADw-script+AD4-zzx()",
    "<form action=//zzx><input type=submit>", "<meta http-equiv=refresh content=0;url=//zzx>",
    "<style>@import'//zzx'</style>", "<link rel=stylesheet href=//zzx>",
    "<noscript><p title=</noscript><img src=zzx onerror=zzx()>>",
)  # fmt: skip


def corpus() -> list[str]:
    """Every payload, each once."""
    made = [f"<{tag} {EVENTS[n % len(EVENTS)]}=zzx() src=zzx>" for n, tag in enumerate(TAGS)]
    made += [f"{out}<img src=zzx onerror=zzx()>" for out in BREAKS]
    made += [f"{out} {event}=zzx() x={out}" for out in BREAKS[:5] for event in EVENTS]
    made += [f'"><b {name}="zzx">' for name in HX]
    made += [f'"><a href="{to}">' for to in SCHEMES] + list(SCHEMES)
    return list(dict.fromkeys([*made, *ODD]))


# What may hold words that somebody typed; anything else is made of them only by mistake.
WORDS = {"value", "content", "title", "alt", "placeholder", "aria-label", "datetime", "label"}
LEADS = {"src", "href", "action", "formaction", "srcdoc", "data", "poster", "xlink:href", "style"}


class Made(HTMLParser):
    """What a page made of the words: elements, attributes and addresses with the mark."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "zzx" in tag:
            self.found.append(f"<{tag}>")
        self.found += [f"<{tag} {name}={value}>" for name, value in self._wrong(attrs)]

    def _wrong(self, attrs: list[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
        for name, given in attrs:
            value = given or ""
            if name.startswith("on") or (("zzx" in f"{name} {value}") and _leads(name, value)):
                yield name, value[:80]

    def handle_comment(self, data: str) -> None:
        if "zzx" in data:
            self.found.append(f"<!--{data[:40]}-->")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem in {"script", "style"} and "zzx" in data:
            self.found.append(f"in {self.cdata_elem}: {data[:60]}")


def _leads(name: str, value: str) -> bool:
    """Whether an attribute with the mark is more than words."""
    if name in LEADS:
        inside = value.startswith(("/", "?", "#", "mailto:", "tel:"))
        return not inside or value.startswith("//")
    return name not in WORDS and not name.startswith(("data-house", "aria-"))


def made_of(page: str) -> list[str]:
    reader = Made()
    reader.feed(page)
    reader.close()
    return reader.found
