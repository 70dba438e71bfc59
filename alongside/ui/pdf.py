"""Makes a PDF from a typst template and plain data. The only place that does.

A template lies beside the app's other templates ("agreements/copy.typ"). It is never put
together from data: the data goes in as JSON, and the template reads it with

    #let data = json(bytes(sys.inputs.data))

so that whatever a person wrote is printed as text and never run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.core.serializers.json import DjangoJSONEncoder
from django.template.utils import get_app_template_dirs

ROOT = Path(__file__).resolve().parent.parent


def make_pdf(template_name: str, data: Mapping[str, Any]) -> bytes:
    """The template filled with the data, as a PDF that a screen reader can read.

    Templates may import "/ui/templates/ui/paper.typ", the letter paper they share.
    """
    told = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    made: bytes = typst.compile(
        str(_found(template_name)),
        root=str(ROOT),
        sys_inputs={"data": told},
        pdf_standards=["ua-1"],
    )
    return made


def _found(template_name: str) -> Path:
    for folder in get_app_template_dirs("templates"):
        if (path := Path(folder) / template_name).is_file():
            return path
    raise FileNotFoundError(f"There is no template {template_name} in any app.")
