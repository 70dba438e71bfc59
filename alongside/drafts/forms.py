"""The form of the page of what one began."""

from __future__ import annotations

from alongside.ui.forms import OperationForm


class ReadForm(OperationForm):
    """No question: the button says that one has read it."""
