"""Letting go of the files that were brought, some days after they were applied."""

from __future__ import annotations

from datetime import timedelta

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.imports import progress
from alongside.imports.models import ImportRun
from alongside.imports.operations.checks import no_file
from alongside.kit import clock
from alongside.organisation.models import Scheme
from alongside.practice.actions import Action


@operation("import.file_let_go", needs=Action.IMPORT_RECORDS, unless=no_file)
def let_file_go(run: ImportRun, *, by: Actor) -> ImportRun:
    """Delete the file that was brought, and the file of rejected rows. What came of it stays.

    Refused when it was let go already.
    """
    run.file.delete(save=False)
    if run.rejected:
        run.rejected.delete(save=False)
    progress.forget(run.pk)
    run.file_let_go_at = clock.now()
    run.save(update_fields=["file", "rejected", "file_let_go_at"])
    return run


@operation("import.old_files_let_go", needs=Action.IMPORT_RECORDS)
def let_files_go(scheme: Scheme, *, by: Actor) -> Scheme:
    """Let go of every file of the scheme that was brought longer ago than the practice keeps it."""
    let_old_files_go(scheme, by=by)
    return scheme


def let_old_files_go(scheme: Scheme, *, by: Actor) -> None:
    """Within another operation: those brought longer ago than the pack's days, applied or not."""
    days = timedelta(days=int(scheme.pack.limit("import_file_kept")))
    old = ImportRun.objects.with_file().filter(scheme=scheme, recorded_at__lt=clock.now() - days)
    for run in old:
        let_file_go(run, by=by)
