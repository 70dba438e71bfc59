"""Signing in with Harbour Trust's own accounts, against a provider that runs beside the test."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.config.sign_on import apps_of, origins_of, providers_in
from alongside.organisation.models import Staff
from alongside.signin.models import SignIn
from alongside.signin.tests.conftest import App, browser, is_in, types_code


class FakeProvider:
    """Says who signed in there. `claims` is what it says of them."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, list[str]]] = []
        provider = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer(provider.config if "openid-conf" in self.path else provider.claims)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.asked.append(parse_qs(body))
                self.answer({"access_token": "a", "id_token": provider.id_token()})

            def answer(self, said: object) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            def log_message(self, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.config = {
            "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token", "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }  # fmt: skip
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def id_token(self) -> str:
        now = int(time.time())
        said = {"iss": self.url, "aud": "alongside", "iat": now, "exp": now + 60, **self.claims}
        return jwt.encode(said, "k" * 32, algorithm="HS256")

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def provider(settings: Any, tmp_path: Any) -> Iterator[FakeProvider]:
    fake = FakeProvider()
    file = tmp_path / "sign-on.toml"
    file.write_text(
        '[[provider]]\nid = "harbour"\norganisation = "harbour"\nname = "Harbour account"\n'
        f'server_url = "{fake.url}"\nclient_id = "alongside"\nsecret = "s"\n'
    )
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps_of(providers_in(file))}
    }
    yield fake
    fake.close()


def goes_there_and_back(client: Any, provider: FakeProvider, **claims: Any) -> Any:
    """Press the button, sign in over there, come back with a code."""
    provider.claims = {"sub": "123", "email_verified": True, **claims}
    sent = client.post(reverse("openid_connect_login", args=["harbour"]))
    assert sent.status_code == 302
    asked = parse_qs(urlsplit(sent["Location"]).query)
    assert sent["Location"].startswith(f"{provider.url}/authorize")
    assert asked["code_challenge_method"] == ["S256"]
    back = reverse("openid_connect_callback", args=["harbour"])
    return client.get(back, {"code": "c", "state": asked["state"][0]})


def trusted(settings: Any) -> None:
    """Harbour's own site always asks for a second factor."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    apps[0]["settings"]["second_factor"] = True


def test_amina_signs_in_with_her_harbour_account_which_asked_for_two(provider, amina, settings):
    trusted(settings)
    client = browser()
    assert "Harbour account" in client.get(reverse("account_login")).content.decode()

    answer = goes_there_and_back(client, provider, email="Amina.Yusuf@harbour.example")

    assert answer["Location"] == "/"
    assert is_in(client)
    assert provider.asked[0]["code_verifier"]
    assert SignIn.objects.get().how == "organisation"
    assert Entry.objects.filter(event="staff.account_joined", actor_id=amina.pk).count() == 1
    assert SocialAccount.objects.get().user == amina


def test_where_the_account_asks_for_one_thing_only_the_house_asks_for_another(provider, amina):
    client = browser()
    goes_there_and_back(client, provider, email=amina.email)
    assert client.get("/")["Location"] == reverse("mfa_index"), "She makes one first."

    app = App(amina)
    client = browser()
    answer = goes_there_and_back(client, provider, email=amina.email)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    types_code(client, app.shows())
    assert is_in(client)


def test_the_account_stays_hers_when_her_address_changes(provider, amina, settings):
    trusted(settings)
    goes_there_and_back(browser(), provider, email=amina.email)
    client = browser()
    goes_there_and_back(client, provider, email="amina.new@elsewhere.example")
    assert is_in(client)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@harbour.example"},
        {"email": "amina.yusuf@harbour.example", "email_verified": False},
        {},
    ],
)
def test_an_account_that_nobody_here_has_lets_nobody_in(provider, amina, settings, claims):
    trusted(settings)
    client = browser()
    answer = goes_there_and_back(client, provider, **claims)

    assert answer.status_code == 403
    assert "not known here" in answer.content.decode()
    assert not is_in(client)
    assert not SocialAccount.objects.exists()
    assert not Staff.objects.filter(email__startswith="nobody").exists()


def test_harbours_site_vouches_for_nobody_of_another_organisation(provider, amina, settings):
    trusted(settings)
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    apps[0]["settings"]["organisation"] = "quite-another"
    client = browser()

    assert goes_there_and_back(client, provider, email=amina.email).status_code == 403
    assert not is_in(client)


def test_an_answer_that_nobody_asked_for_is_not_taken(provider, amina, settings):
    trusted(settings)
    provider.claims = {"sub": "123", "email": amina.email, "email_verified": True}
    client = browser()
    back = reverse("openid_connect_callback", args=["harbour"])

    assert client.get(back, {"code": "c", "state": "forged"}).status_code == 403
    assert not is_in(client)
    assert not provider.asked, "The code is not even sent on."


def test_somebody_shut_out_is_shut_out_here_too(provider, amina, settings):
    trusted(settings)
    goes_there_and_back(browser(), provider, email=amina.email)
    Staff.objects.filter(pk=amina.pk).update(is_active=False)
    client = browser()
    goes_there_and_back(client, provider, email=amina.email)
    assert not is_in(client)


def test_there_is_no_page_of_a_provider_that_nobody_set_up(client, db):
    assert client.get(reverse("openid_connect_login", args=["nobody"])).status_code == 404


def test_a_form_may_lead_to_the_providers_site_and_no_further():
    found = [{"server_url": "https://login.harbour.example/realms/staff"}]
    assert origins_of(found) == ["https://login.harbour.example"]


def test_a_provider_that_lacks_something_is_refused_at_the_start(tmp_path):
    file = tmp_path / "sign-on.toml"
    file.write_text('[[provider]]\nid = "harbour"\n')
    with pytest.raises(ValueError, match="lacks organisation"):
        providers_in(file)
