"""Makes a PDF from a typst template and plain data. The only place that does.

A template lies beside the app's other templates ("agreements/copy.typ"). It is never put
together from data: the data goes in as JSON, and the template reads it with

    #let data = json(bytes(sys.inputs.data))

so that whatever a person wrote is printed as text and never run.

Letters come from typst's own fonts (Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari), from one
for emoji that the assets bring, and from whatever fonts the machine has.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst
from django.core.serializers.json import DjangoJSONEncoder
from django.template.utils import get_app_template_dirs

ROOT = Path(__file__).resolve().parent.parent
FONTS = Path(__file__).resolve().parent / "static" / "build" / "paper"
FOR_SCREEN_READERS: Literal["ua-1"] = "ua-1"
NO_LETTER = "could not be displayed with font"


def make_pdf(template_name: str, data: Mapping[str, Any]) -> bytes:
    """The template filled with the data, as a PDF that a screen reader can read.

    Templates may import "/ui/templates/ui/paper.typ", the letter paper they share.
    """
    told = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    try:
        return _made(template_name, told, FOR_SCREEN_READERS)
    except typst.TypstError as fault:
        if NO_LETTER not in str(fault):
            raise
    # That standard allows no letter without a font. A paper with boxes is better than none.
    logging.getLogger(__name__).warning(
        "A paper has letters that no font here has; see docs/how-to/print-other-scripts.md"
    )
    return _made(template_name, told, None)


def has_letters(text: str) -> bool:
    """Whether papers made on this machine can show this text."""
    source: Any = f"#set document(title: [a])\n= a\n{text}".encode()
    try:
        typst.compile(source, font_paths=[str(FONTS)], pdf_standards=FOR_SCREEN_READERS)
    except typst.TypstError:
        return False
    return True


def _made(template_name: str, told: str, standards: Literal["ua-1"] | None) -> bytes:
    made: bytes = typst.compile(
        str(_found(template_name)),
        root=str(ROOT),
        font_paths=[str(FONTS)],
        sys_inputs={"data": told},
        pdf_standards=standards,
    )
    return made


def _found(template_name: str) -> Path:
    for folder in get_app_template_dirs("templates"):
        if (path := Path(folder) / template_name).is_file():
            return path
    raise FileNotFoundError(f"There is no template {template_name} in any app.")
