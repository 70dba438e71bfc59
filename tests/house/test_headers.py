"""What a browser is told with every answer, so that a page about Amina's people stays with her."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.house.production import behind_https
from tests.house.source import templates
from tests.house.things import an_export

FOREVER = "max-age=31536000; includeSubDomains; preload"
SAID = {
    "Strict-Transport-Security": FOREVER,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Origin-Agent-Cluster": "?1",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-DNS-Prefetch-Control": "off",
    "X-Robots-Tag": "noindex, nofollow",
}
POLICY = {
    "default-src 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
    "frame-ancestors 'none'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
}  # fmt: skip


def complaints(answer: Any, *, about_people: bool) -> list[str]:
    """Which of the fourteen headers are missing, or say something else."""
    wrong = [name for name, words in SAID.items() if answer.headers.get(name) != words]
    policy = answer.headers.get("Content-Security-Policy", "")
    if "unsafe" in policy or not {part.strip() for part in policy.split(";")} >= POLICY:
        wrong.append("Content-Security-Policy")
    asks = answer.headers.get("Permissions-Policy", "")
    if "camera=()" not in asks or "publickey-credentials-get=(self)" not in asks:
        wrong.append("Permissions-Policy")
    if about_people and "no-store" not in answer.headers.get("Cache-Control", ""):
        wrong.append("Cache-Control")
    return wrong + [name for name in ("Server", "X-Powered-By") if name in answer.headers]


class OverHttps(Client):
    """A browser that was sent to HTTPS, and a proxy that says so."""

    def request(self, **request):
        return super().request(**{**request, "wsgi.url_scheme": "https", "SERVER_PORT": "443"})


@pytest.fixture
def amina_behind_https(cast, settings):
    behind_https(settings)
    client = OverHttps(raise_request_exception=False)
    client.force_login(cast.amina)
    return client


@pytest.fixture
def faulty(monkeypatch):
    """Lets a page everybody has fail, after it has learned somebody's name."""

    def fail(kind: type[Exception]) -> None:
        def broken(*args: object, **kwargs: object) -> HttpResponse:
            raise kind("Tomasz Nowak, born 17 May 1990")

        monkeypatch.setattr("alongside.organisation.views.queries.scheme_for", broken)

    return fail


@pytest.mark.goal("G29")
def test_a_page_a_missing_page_and_a_redirect_say_all_fourteen(amina_behind_https):
    for address, status in (("/", 200), ("/nobody/at/all/", 404), ("/sign-in/", 302)):
        answer = amina_behind_https.get(address)
        assert answer.status_code == status
        assert not complaints(answer, about_people=True), address


@pytest.mark.goal("G29")
def test_a_file_that_is_downloaded_says_them_too(amina_behind_https, cast):
    amina_behind_https.force_login(cast.grace)
    answer = amina_behind_https.post(reverse("exports:file", args=[an_export(cast).pk]))

    assert "attachment" in answer.headers["Content-Disposition"]
    assert not complaints(answer, about_people=True)


@pytest.mark.goal("G29")
def test_an_asset_says_them_and_may_be_kept(settings, db):
    behind_https(settings)
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    answer = OverHttps().get("/static/ui/icon.svg")
    answer.getvalue()
    assert answer.status_code == 200
    assert not complaints(answer, about_people=False)
    assert "no-store" not in answer.headers["Cache-Control"]


@pytest.mark.goal("G29", "G30")
@pytest.mark.parametrize(("fault", "status"), [(RuntimeError, 500), (PermissionDenied, 403)])
def test_a_fault_and_a_refusal_say_them_and_nothing_about_tomasz(
    amina_behind_https, faulty, fault, status
):
    faulty(fault)
    answer = amina_behind_https.post(reverse("organisation:choose-scheme"), {"scheme": "x"})

    assert answer.status_code == status
    assert not complaints(answer, about_people=True)
    shown = answer.content.decode()
    assert "Tomasz" not in shown
    assert "1990" not in shown
    assert "Traceback" not in shown
    assert "<h1" in shown


@pytest.mark.goal("G29")
def test_a_form_without_its_token_is_refused_with_all_of_them(amina_behind_https):
    amina_behind_https.handler.enforce_csrf_checks = True
    for token in ("", "x" * 64):
        answer = amina_behind_https.post(
            reverse("organisation:choose-scheme"), {"csrfmiddlewaretoken": token}
        )
        assert answer.status_code == 403
        assert not complaints(answer, about_people=True)


@pytest.mark.goal("G29")
def test_over_plain_http_a_production_site_only_says_where_https_is(settings, db):
    behind_https(settings)
    answer = Client().get("/")

    assert answer.status_code == 301
    assert answer["Location"].startswith("https://")


def test_every_script_of_a_page_carries_the_nonce_that_the_browser_was_told(client, cast):
    client.force_login(cast.amina)
    answer = client.get("/")
    nonce = answer.headers["Content-Security-Policy"].partition("'nonce-")[2].partition("'")[0]

    assert len(nonce) >= 16
    assert answer.content.decode().count(f'nonce="{nonce}"') >= 3
    assert nonce not in client.get("/").content.decode(), "A nonce is used once."


def test_what_htmx_may_do_carries_the_nonce_and_htmx_evaluates_nothing():
    for name, text in templates().items():
        for tag in text.split("<")[1:]:
            if " hx-get=" in tag or " hx-post=" in tag:
                assert 'hx-nonce="{{ csp_nonce }}"' in tag, name
    shell = templates()["alongside/ui/templates/ui/base.html"]
    assert '"extensions": "hx-csp"' in shell
    assert '"includeIndicatorCSS": false' in shell
    assert '"safeEval": false' in shell


@pytest.mark.goal("G16")
def test_every_cookie_of_a_production_site_is_its_own_and_out_of_reach(settings, cast):
    behind_https(settings)
    settings.DEMO = True
    client = OverHttps()
    client.get(reverse(settings.LOGIN_URL))
    client.post(reverse("signin:sign-in-as"), {"staff": cast.amina.pk})

    assert set(client.cookies) == {"__Host-session", "__Host-csrf"}
    for name, cookie in client.cookies.items():
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] in {"Lax", "Strict"}, name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name
        assert len(cookie.OutputString()) < 4096, name
