"""My own way in: passkeys, the authenticator app, recovery codes, my password, my sessions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

import qrcode
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import flows as recovery
from allauth.mfa.totp.internal import flows as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal import flows as passkeys
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.kit.refusal import Refused
from alongside.signin import operations, queries, sessions
from alongside.signin.forms import AppForm, ChangePasswordForm, PasskeyForm
from alongside.signin.stepping import step_up
from alongside.ui.pages import StaffRequest, go, page, refused


def before_second_factor(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page that opens to somebody who has no second factor yet: to make one, or to leave."""

    @wraps(view)
    def opened(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    opened.before_second_factor = True  # type: ignore[attr-defined]
    return opened


@before_second_factor
@require_safe
def own(request: StaffRequest) -> HttpResponse:
    """Everything about how I sign in, and where I am signed in now."""
    factors = queries.factors_of(request.user)
    held = sessions.held(request.session)
    shown = {
        "passkeys": [one for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "app": next((one for one in factors if one.type == Authenticator.Type.TOTP), None),
        "codes": next(
            (one for one in factors if one.type == Authenticator.Type.RECOVERY_CODES), None
        ),
        "second": bool(held and held.second),
        "sessions": queries.open_sessions(request.user),
        "this": held.sign_in if held else "",
        "password": request.user.has_usable_password(),
    }
    return page(request, "signin/own.html", shown)


@before_second_factor
@require_http_methods(["GET", "POST"])
@step_up
def add_passkey(request: StaffRequest) -> HttpResponse:
    """Let this device, or a key, say that it is me."""
    form = PasskeyForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return _made(
            request,
            lambda: passkeys.add_authenticator(
                request, name=form.cleaned_data["name"], credential=form.cleaned_data["credential"]
            ),
        )
    options = webauthn.begin_registration(request.user, passwordless=True)
    shown = {"form": form, "js_data": {"creation_options": options}}
    return page(request, "signin/add_passkey.html", shown)


@before_second_factor
@require_http_methods(["GET", "POST"])
@step_up
def add_app(request: StaffRequest) -> HttpResponse:
    """Show the seed once, as a picture and as words, and take the app's first code."""
    if any(one.type == Authenticator.Type.TOTP for one in queries.factors_of(request.user)):
        return redirect("mfa_index")
    form = AppForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return _made(request, lambda: totp.activate_totp(request, form))
    address = get_adapter().build_totp_url(request.user, form.secret)
    shown = {"form": form, "picture": squares(address), "seed": form.secret}
    return page(request, "signin/add_app.html", shown)


def _made(request: StaffRequest, act: Callable[[], object]) -> HttpResponse:
    operations.change_second_factor(request.user, by=request.user, act=act)
    sessions.second_factor_made(request.session)
    return go(
        request, "mfa_view_recovery_codes",
        says="That works from now on. Print these codes before you go on.",
    )  # fmt: skip


def squares(text: str) -> dict[str, Any]:
    """A QR code as one path of unit squares, and how many squares it is wide."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return {"path": path, "wide": len(rows)}


@require_POST
@step_up
def remove_passkey(request: StaffRequest, pk: int) -> HttpResponse:
    """That key no longer says that it is me."""
    kind = Authenticator.Type.WEBAUTHN
    return _removed(request, lambda one: one.pk == pk and one.type == kind)


@require_POST
@step_up
def remove_app(request: StaffRequest) -> HttpResponse:
    """That app no longer says that it is me."""
    return _removed(request, lambda one: one.type == Authenticator.Type.TOTP)


def _removed(request: StaffRequest, which: Callable[[Authenticator], bool]) -> HttpResponse:
    found = next((one for one in queries.factors_of(request.user) if which(one)), None)
    if found is None:
        raise Http404
    try:
        operations.change_second_factor(
            request.user, by=request.user,
            act=lambda: passkeys.remove_authenticator(request, found),
            only_here=str(request.session.session_key),
        )  # fmt: skip
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "mfa_index", says="It is removed, and you are signed out everywhere else.")


@before_second_factor
@require_safe
@step_up
def codes(request: StaffRequest) -> HttpResponse:
    """The recovery codes that are left, to print and to put away."""
    kept, _ = recovery.view_recovery_codes(request)
    if kept is None:
        return redirect("mfa_index")
    return page(request, "signin/codes.html", {"codes": kept.get_unused_codes()})


@require_POST
@step_up
def new_codes(request: StaffRequest) -> HttpResponse:
    """Other codes; those before no longer work."""
    operations.change_second_factor(
        request.user, by=request.user, act=lambda: recovery.generate_recovery_codes(request)
    )
    return go(
        request, "mfa_view_recovery_codes", says="These are new. The old ones no longer work."
    )


@require_http_methods(["GET", "POST"])
def change_password(request: StaffRequest) -> HttpResponse:
    """Another password. Every other session of mine ends."""
    form = ChangePasswordForm.from_request(request, staff=request.user)
    if changed := form.carry_out(operations.set_password, request.user, by=request.user):
        request.user.password = changed.password
        update_session_auth_hash(request, request.user)
        return go(
            request, "mfa_index", says="Your password is changed. Your other sessions have ended."
        )
    return page(request, "signin/password.html", {"form": form})


@require_POST
def end_session(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End a session of mine, or of somebody whose way in I look after."""
    found = queries.session_to_end(request.user, pk)
    operations.end_session(found, by=request.user)
    if found.staff_id != request.user.pk:
        return go(request, "signin:colleague", found.staff_id, says="That session has ended.")
    return go(request, "mfa_index", says="That session has ended.")
