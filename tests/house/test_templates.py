"""Pages obey the content security policy: nothing inline, and nobody else's address."""

from __future__ import annotations

import re

import pytest

from tests.house.source import templates

TEMPLATES = templates()
INLINE = {
    "a script without a source": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a handler in the markup": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "something from another address": re.compile(r"""(?:src|href)\s*=\s*["']https?:""", re.I),
}


@pytest.mark.parametrize("file", TEMPLATES)
def test_a_template_has_nothing_inline(file):
    found = [what for what, shape in INLINE.items() if shape.search(TEMPLATES[file])]

    assert not found, f"{file} has {', '.join(found)}, which the browser will not run."
