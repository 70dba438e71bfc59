"""There is nothing to ask: a button each."""

from alongside.ui.forms import OperationForm


class OpenForm(OperationForm):
    """Make an address, or a new one."""


class CloseForm(OperationForm):
    """The address stops working."""
