"""Signing in with an organisation's own account: whom it lets in, and what is asked besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.shortcuts import render

from alongside.organisation.models import Staff
from alongside.signin import operations
from alongside.signin.providers import provider_asked, provider_called

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SecondFactor(AuthenticateStage):  # type: ignore[misc]
    """Asked for after whatever came first, unless the organisation's own account has asked."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if provider_asked(get_authentication_records(request, self.login.user)):
            return False
        return bool(super()._should_handle(request))


class HouseSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Lets in who works for the organisation whose account it is, by an address known here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        provider = provider_called(sociallogin.account.provider)
        known: Staff | None = (
            sociallogin.user if sociallogin.is_existing else by_address(sociallogin, provider)
        )
        if known is None or provider is None or known.organisation.slug != provider.organisation:
            raise ImmediateHttpResponse(not_known(request))
        if not sociallogin.is_existing:
            joined = known
            operations.join_account(joined, by=joined, act=lambda: join(sociallogin, joined))

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        raise ImmediateHttpResponse(not_known(request))


def by_address(sociallogin: Any, provider: Any) -> Staff | None:
    """Whoever has the address that the provider vouches for, in its own organisation."""
    addresses = [one.email for one in sociallogin.email_addresses if one.verified]
    if provider is None or not addresses:
        return None
    here = Staff.objects.select_related("organisation").filter(
        organisation__slug=provider.organisation, is_active=True
    )
    return here.filter(email__iexact=addresses[0]).first()


def join(sociallogin: Any, staff: Staff) -> None:
    """Keep that this account is this person's, so that a changed address does not matter."""
    sociallogin.user = staff
    sociallogin.account.user = staff
    sociallogin.account.extra_data = {}
    sociallogin.account.save()


def not_known(request: HttpRequest) -> HttpResponse:
    return render(request, "signin/not_known.html", status=403)
