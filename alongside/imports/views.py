"""The pages of an import: the file, its sheets, its names, every row, and bringing it in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.imports import background, operations, progress, queries
from alongside.imports.forms import AgreeForm, BringFileForm, NamesForm, SheetForm, WorkersForm
from alongside.imports.models import ImportRun
from alongside.imports.notices import CHECK
from alongside.imports.verdicts import SAYS
from alongside.imports.words import kinds
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for
from alongside.ui.pages import StaffRequest, go, page, refused
from alongside.ui.paging import choices, paged

FORBIDDEN = 403
NOT_BESIDE = CHECK | {"column left out", "title"}


@require_http_methods(["GET", "POST"])
def imports(request: StaffRequest, scheme: str) -> HttpResponse:
    """Choose a file; below it, every file that was brought."""
    here = scheme_for(request.user, scheme)
    if refusal := operations.start_import.refusal(here, by=request.user):
        return _no(request, refusal)
    form = BringFileForm.from_request(request, limits=queries.limits_at(here))
    if run := form.carry_out(operations.start_import, here, by=request.user):
        return go(request, "imports:import", here.slug, run.pk)
    shown = paged(request, queries.imports_at(here), size=20)
    return page(request, "imports/imports.html", {"scheme": here, "form": form, "imports": shown})


@require_safe
def overview(request: StaffRequest, scheme: str, run_id: UUID) -> HttpResponse:
    """What was found in the file, what is still to be said, and the button that brings it in."""
    run, refusal = _run(request, scheme, run_id)
    if refusal:
        return _no(request, refusal)
    context = {
        **_steps(run, "file"),
        "sheets": [
            {"number": number, "name": name, "mapping": kept, "counts": run.counts.get(name, {}),
             "kind": _kind_says(kept["kind"])}
            for number, (name, kept) in enumerate(run.mappings.items())
        ],
        "check": [one for one in run.notices if one["what"] in CHECK],
        "beside": [one for one in run.notices if one["what"] not in NOT_BESIDE],
        "cannot_apply": operations.begin_applying.refusal(run, by=request.user),
    }  # fmt: skip
    return page(request, "imports/import.html", context)


@require_http_methods(["GET", "POST"])
def sheet(request: StaffRequest, scheme: str, run_id: UUID, number: int) -> HttpResponse:
    """What each column of one sheet means, with some of its values."""
    run, refusal = _run(request, scheme, run_id)
    if refusal := refusal or operations.map_sheets.refusal(run, by=request.user):
        return _no(request, refusal)
    names = list(run.mappings)
    if number >= len(names):
        raise Http404
    tables = queries.tables_of(queries.source_of(run))
    table = next(t for t in tables if t.name == names[number])
    mappings = queries.mappings_of(run)
    setting = queries.setting_of(run.scheme, tables, mappings)
    form = SheetForm.from_request(
        request, table=table, mapping=mappings[table.name], setting=setting
    )
    if mapped := form.carry_out(operations.map_sheets, run, by=request.user):
        if asked := queries.still_asked(mapped, table.name):
            return go(request, "imports:sheet", run.scheme.slug, run.pk, number, says=asked)
        return go(request, "imports:import", run.scheme.slug, run.pk, says="The sheet is read so.")
    context = {
        **_steps(run, "file"),
        "form": form,
        "sheet": table.name,
        "notices": [one for one in run.notices if one["sheet"] == table.name],
    }
    return page(request, "imports/sheet.html", context)


@require_http_methods(["GET", "POST"])
def names(request: StaffRequest, scheme: str, run_id: UUID) -> HttpResponse:
    """Who the names in the file are: asked once, remembered for every later file."""
    run, refusal = _run(request, scheme, run_id)
    if refusal := refusal or operations.answer_names.refusal(run, by=request.user):
        return _no(request, refusal)
    asked_from = request.GET.get("from", "")
    first = int(asked_from) if asked_from.isascii() and asked_from.isdigit() else 0
    form = NamesForm.from_request(request, run=run, first=first)
    if form.carry_out(operations.answer_names, run, by=request.user):
        return _next_names(
            request, run, first=form.first + form.left_open, more=form.last < form.of
        )
    return page(request, "imports/names.html", {**_steps(run, "names"), "form": form})


def _next_names(request: StaffRequest, run: ImportRun, *, first: int, more: bool) -> HttpResponse:
    """The next questions; those that were answered are no longer among them."""
    if not more:
        return go(request, "imports:import", run.scheme.slug, run.pk, says="Your answers are kept.")
    there = reverse("imports:names", args=[run.scheme.slug, run.pk])
    return go(request, f"{there}?from={first}", says="Your answers are kept. Here are the next.")


@require_http_methods(["GET", "POST"])
def workers(request: StaffRequest, scheme: str, run_id: UUID) -> HttpResponse:
    """Which members of staff the workers in the file are: asked once, remembered."""
    run, refusal = _run(request, scheme, run_id)
    if refusal := refusal or operations.answer_workers.refusal(run, by=request.user):
        return _no(request, refusal)
    staff = queries.staff_at(run.scheme)
    form = WorkersForm.from_request(request, run=run, staff=staff)
    if told := form.carry_out(operations.answer_workers, run, by=request.user):
        more = len(told.questions.get("workers", []))
        there = "imports:workers" if 0 < more < form.of else "imports:import"
        return go(request, there, run.scheme.slug, run.pk, says="Your answers are kept.")
    return page(request, "imports/workers.html", {**_steps(run, "names"), "form": form})


@require_safe
def rows(request: StaffRequest, scheme: str, run_id: UUID) -> HttpResponse:
    """Every row with what becomes, or became, of it, and the reasons in words."""
    run, refusal = _run(request, scheme, run_id)
    if refusal:
        return _no(request, refusal)
    verdict = request.GET.get("verdict", "")
    which = request.GET.get("sheet", "")
    offered = {
        str(key): f"{words.says} ({run.count(key)})"
        for key, words in SAYS.items()
        if run.count(key)
    }
    context = {
        **_steps(run, "rows"),
        "rows": paged(
            request,
            queries.verdicts(run, verdict, which),
            sorts={"order": "order"},
            size=50,
        ),
        "by_verdict": choices(request, "verdict", offered),
        "by_sheet": choices(request, "sheet", {name: name for name in run.counts}),
    }
    return page(request, "imports/rows.html", context, partial="rows")


@require_POST
def apply(request: StaffRequest, scheme: str, run_id: UUID) -> HttpResponse:
    """Bring the file in. It takes a while, so the next page tells how far it has come."""
    run, refusal = _run(request, scheme, run_id)
    if refusal:
        return _no(request, refusal)
    form = AgreeForm.from_request(request)
    if not form.carry_out(operations.begin_applying, run, by=request.user):
        because = Refused(" ".join(map(str, form.non_field_errors())), instead="")
        return refused(request, because)
    background.apply_soon(run.pk, request.user.pk)
    return go(request, "imports:progress", run.scheme.slug, run.pk)


@require_safe
def under_way(request: StaffRequest, scheme: str, run_id: UUID) -> HttpResponse:
    """How far it has come. The page asks again by itself, with or without JavaScript."""
    run, refusal = _run(request, scheme, run_id)
    if refusal:
        return _no(request, refusal)
    if not run.is_under_way():
        return go(request, "imports:import", run.scheme.slug, run.pk)
    told = progress.told(run.pk)
    context = {
        **_steps(run, "apply"),
        "told": told,
        "stuck": told is None or told.is_stuck(),
    }
    return page(request, "imports/progress.html", context, partial="progress")


@require_POST
def let_go(request: StaffRequest, scheme: str, run_id: UUID) -> HttpResponse:
    """Delete the file now instead of some days after."""
    run, refusal = _run(request, scheme, run_id)
    if refusal := refusal or operations.let_file_go.refusal(run, by=request.user):
        return _no(request, refusal)
    AgreeForm.from_request(request).carry_out(operations.let_file_go, run, by=request.user)
    return go(request, "imports:imports", run.scheme.slug, says="The file has been deleted.")


def _run(request: StaffRequest, scheme: str, run_id: UUID) -> tuple[ImportRun, Refused | None]:
    """The import, or 404; and why this person may not see it, if they may not."""
    here: Scheme = scheme_for(request.user, scheme)
    run = queries.run_for(request.user, here, run_id)
    return run, operations.start_import.refusal(here, by=request.user)


def _no(request: StaffRequest, refusal: Refused) -> HttpResponse:
    """403 to whoever may not; to whoever may, but not any more, the sentence alone."""
    if isinstance(refusal, NotPermitted):
        return refused(request, refusal, status=FORBIDDEN)
    return refused(request, refusal)


def _steps(run: ImportRun, here: str) -> dict[str, Any]:
    return {
        "run": run,
        "scheme": run.scheme,
        "step": here,
        "words": run.scheme.pack.terms,
        "kept_days": int(run.scheme.pack.limit("import_file_kept")),
        "unanswered": len(run.questions.get("names", [])) + len(run.questions.get("which", [])),
        "workers": len(run.questions.get("workers", [])),
        "total": {key.value: run.count(key) for key in SAYS},
    }


def _kind_says(kind: str) -> str:
    return kinds()[kind].label if kind else "Left out"
