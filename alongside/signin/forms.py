"""The forms of signing in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from alongside.organisation.models import Staff
from alongside.ui.forms import OperationForm

NO_ANSWER = "Your device has not answered. Press the button and say yes on the device."
LONGEST_NAME = 60
TOO_LONG = "That is too long: %(show_value)d characters. Write at most %(limit_value)d."
LONGEST_PASSWORD = 1000
"""Characters. A longer one is no safer, and a very long one would keep the hasher busy."""


class SignInForm(LoginForm):  # type: ignore[misc]
    """A name and a password: the first of two steps."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label, password.label = "User name or e-mail address", "Password"
        name.error_messages["required"] = "Enter your user name or e-mail address"
        password.error_messages["required"] = "Enter your password"
        name.max_length = name.widget.attrs["maxlength"] = 254
        name.widget.attrs = {"autocomplete": "username webauthn", "maxlength": 254}
        password.widget.attrs = {"autocomplete": "current-password"}
        password.help_text = ""


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The six figures of an authenticator app, or one recovery code."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        _code(self.fields["code"], "Code from your authenticator app, or a recovery code")


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app: it proves that the app has the seed."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        _code(self.fields["code"], "The six figures the app shows now")


class _Answered:
    """What a device answered. Half an answer is refused like a wrong one; the library trips."""

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]
        except (LookupError, TypeError, ValueError, AttributeError):
            self.add_error(None, NO_ANSWER)  # type: ignore[attr-defined]


class PasskeyInForm(_Answered, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of a name and a password."""


class PasskeySecondForm(_Answered, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step."""


class PasskeyAgainForm(_Answered, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey to show again that it is oneself."""


class PasskeyForm(_Answered, AddWebAuthnForm):  # type: ignore[misc]
    """What a device answered when it was asked for a new passkey, and what to call it."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["credential"].error_messages.update(required=NO_ANSWER, invalid=NO_ANSWER)
        self.fields["name"].max_length = LONGEST_NAME
        self.fields["name"].validators.append(MaxLengthValidator(LONGEST_NAME, TOO_LONG))


def _code(field: forms.Field, label: str) -> None:
    field.label = label
    field.error_messages["required"] = "Enter the code"
    field.widget.attrs = {"autocomplete": "one-time-code", "autocapitalize": "none"}


def password_field(label: str, *, new: bool) -> forms.CharField:
    filled = "new-password" if new else "current-password"
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": filled}),
    )


class PasswordForm(OperationForm):
    """A password of one's own choosing."""

    says = {"password": "Choose a password"}

    password = password_field("New password", new=True)

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff
        self.fields["password"].help_text = " ".join(filter(None, password_validators_help_texts()))

    def clean_password(self) -> str:
        typed = str(self.cleaned_data["password"])
        validate_password(typed, self.staff)
        return typed


class ChangePasswordForm(PasswordForm):
    """Another password, by whoever knows the one before."""

    says = {"password": "Choose a password", "current": "Enter the password you have now"}

    current = password_field("The password you have now", new=False)
    field_order = ["current", "password"]

    def clean_current(self) -> str:
        typed = str(self.cleaned_data["current"])
        if not self.staff.check_password(typed):
            raise ValidationError("That is not the password you have now. Check it and try again.")
        return typed

    def arguments(self) -> dict[str, Any]:
        return {"password": self.cleaned_data["password"]}
