"""What is said once above the next page: "Note saved."

It may name somebody, so it is no open cookie; and kept with the session it would cost two more
writes for every form that is sent, one to keep it and one to forget it. The browser carries it
sealed, for this session alone: after another has signed in at the same screen it does not open.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage, MessageDecoder

from alongside.kit.sealed import NotOpened, seal, unseal


class SealedMessages(CookieStorage):
    """Messages in a cookie that only this house can read, and only in the same session."""

    @property
    def cookie_name(self) -> str:  # type: ignore[override]  # a name that tests may change
        return str(settings.MESSAGES_COOKIE_NAME)

    def _encode_parts(self, messages: list[str], encode_empty: bool = False) -> str | None:  # noqa: FBT001, FBT002
        if not messages and not encode_empty:
            return None
        return seal(f"[{','.join(messages)}]", self._session)

    def _decode(self, data: str | None) -> Any:
        if not data:
            return None
        try:
            return json.loads(unseal(data, self._session), cls=MessageDecoder)
        except (NotOpened, ValueError):  # another session's, or none of ours
            self.used = True
            return None

    @property
    def _session(self) -> bytes:
        key = self.request.session.session_key or ""
        return f"said once in {key}".encode()
