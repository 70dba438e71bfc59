"""The pages of plans, actions and the weekly form: ask, tell, show."""

from __future__ import annotations
