"""The database backend named in the settings: Django's own, behind the wall.

A connection outlives a request, so that what was said on it may be about somebody else. Each
statement is therefore preceded by saying it anew, unless the same was said last and still holds.
One organisation on a server costs nothing by that; where several take turns it is one short
statement a request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from alongside.kit import wall
from alongside.kit.weighing import is_weighed_anew

TOLD = f"SELECT set_config('{wall.SETTING}', %s, false)"


class Cursor(base.ServerBindingCursor):
    """Keeps no way to an answer where each is to be weighed anew."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        if is_weighed_anew():
            how["prepare"] = False
        return super().execute(query, params, **how)  # type: ignore[misc]


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told: str | None = None
        """Whose records the server was last told of; None when that is not certain."""
        self.execute_wrappers.append(self._behind_the_wall)

    def _behind_the_wall(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,  # noqa: FBT001  # as Django calls it
        context: Any,
    ) -> Any:
        whose = wall.whose()
        if whose is not None and whose != self.told:
            self._tell(whose)
        return execute(sql, params, many, context)

    def _tell(self, whose: str) -> None:
        raw: Any = self.connection
        # After an error nothing is carried out but a rollback, which takes back what was said.
        if raw.info.transaction_status == TransactionStatus.INERROR:
            return
        with self.wrap_database_errors:
            raw.execute(TOLD, [whose])
        self.told = whose

    def get_connection_params(self) -> dict[str, Any]:
        told: dict[str, Any] = super().get_connection_params()
        if told["cursor_factory"] is base.ServerBindingCursor:
            told["cursor_factory"] = Cursor
        return told

    def connect(self) -> None:
        self.told = None
        super().connect()

    # What was said inside a transaction is taken back with it, and perhaps with a part of it.
    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self.told = None

    def _savepoint_rollback(self, sid: str) -> None:
        try:
            super()._savepoint_rollback(sid)  # type: ignore[misc]
        finally:
            self.told = None
