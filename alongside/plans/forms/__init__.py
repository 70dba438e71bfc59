"""The forms of plans, actions and the weekly form. Each form's fields are one operation's."""

from __future__ import annotations
