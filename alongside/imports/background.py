"""Applying a file while whoever asked for it waits on a page that tells how far it has come."""

from __future__ import annotations

import logging
import threading
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import connections

from alongside.audit.guard import guarded
from alongside.imports import progress
from alongside.imports.models import ImportRun
from alongside.imports.operations import apply_import, stop_applying
from alongside.kit import wall
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff

BROKEN = "Something went wrong here, and nothing was brought in. Try again, or ask for help."


def apply_soon(run_id: UUID, staff_id: UUID) -> None:
    """Apply the file in a thread of its own, or at once where settings say so."""
    progress.tell(run_id, 0, 1)
    if not settings.IMPORTS_IN_BACKGROUND:
        carry_out(run_id, staff_id)
        return
    threading.Thread(
        target=_apart,
        args=(run_id, staff_id, wall.whose() or wall.NOBODYS),
        name=f"import {run_id}",
    ).start()


def _apart(run_id: UUID, staff_id: UUID, whose: str) -> None:
    try:
        with wall.within(whose), guarded():  # a thread begins knowing nobody
            carry_out(run_id, staff_id)
    finally:
        connections.close_all()


def carry_out(run_id: UUID, staff_id: UUID) -> None:
    """Apply it; when that comes to nothing, say why where the page will find it."""
    run = ImportRun.objects.get(pk=run_id)
    by = Staff.objects.get(pk=staff_id)
    try:
        apply_import(run, by=by, tell=partial(progress.tell, run_id))
    except Refused as refusal:
        stop_applying(run, by=by, because=f"{refusal.because} {refusal.instead}")
    except Exception:
        logging.getLogger(__name__).exception("Import %s came to nothing", run_id)
        stop_applying(run, by=by, because=BROKEN)
    finally:
        progress.forget(run_id)
