"""Where the sign-in library asks the house: what to say, where to go, how to keep a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.shortcuts import redirect, resolve_url

from alongside.signin import sessions
from alongside.signin.entering import entered
from alongside.signin.providers import provider_asked
from alongside.signin.seeds import seal, unseal
from alongside.signin.stepping import suspended

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

WRONG = "That name and password do not go together. Check both and try again."
REST = (
    "Too many tries have failed. Wait a quarter of an hour, or sign in with a passkey, which "
    "always works."
)
WRONG_CODE = "That code is not right, or was used already. Wait for the next one and try again."
STAGE = "alongside.signin.sign_on.SecondFactor"


class HouseAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: who works here is decided by whoever looks after the team."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": REST,
        "incorrect_password": WRONG,
        "rate_limited": REST,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """A second factor, whatever the first was."""
        return [STAGE]

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        shown = get_authentication_records(request, user)
        entered(
            request,
            user,
            how=how_shown(shown),
            second=any(one["method"] == "mfa" for one in shown) or provider_asked(shown),
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To what they were doing when their session ended, if there is any of it."""
        if suspended(request):
            return resolve_url("signin:go-on")
        return str(super().get_login_redirect_url(request))

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Somebody who was shut out is told no more than somebody who is not known."""
        messages.error(request, WRONG)
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        held = sessions.held(context.request.session)
        return held is None or not held.fresh(sessions.now())

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what went wrong; what went well the page says in the house's own words."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kwargs)


class HouseSecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Seeds lie sealed; an authenticator app shows the house's name and the person's."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return "Alongside"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Alongside"}


def how_shown(shown: list[dict[str, Any]]) -> str:
    """In one word how somebody signed in: by the strongest of what they showed."""
    kinds = {one.get("type", one["method"]) for one in shown}
    known = {
        "webauthn": "passkey", "totp": "app", "recovery_codes": "recovery code",
        "socialaccount": "organisation",
    }  # fmt: skip
    return next((says for kind, says in known.items() if kind in kinds), "password")
