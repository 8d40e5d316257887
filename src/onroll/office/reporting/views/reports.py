"""The reports of the registry, on screen and as files."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from onroll.office.kernel import clock
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.reporting import policy, reports
from onroll.office.reporting.commands import as_csv, totals_as_csv
from onroll.office.reporting.forms import QuestionForm
from onroll.office.web.sheets import CSV
from onroll.office.web.views import download, page

ROWS_A_PAGE = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class _Line:
    cells: tuple[object, ...]


def _shown(value: object) -> object:
    """Return a cell for the screen: rows hold days as a machine writes them."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    return value


def index(request: OfficeRequest) -> HttpResponse:
    """Every report, with what it answers."""
    policy.can_run(request.actor).require()
    return page(
        request,
        "reporting/index.html",
        {"title": "Reports", "reports": reports.ALL},
        children=(),
    )


def report(request: OfficeRequest, key: str) -> HttpResponse:
    """One report, as at a day and as known at the end of another."""
    policy.can_run(request.actor).require()
    wanted = reports.by_key(key)
    if wanted is None:
        raise Unknown(key)
    form = QuestionForm(request.GET)
    asked = form.asked
    as_at = asked.get("as_at") or clock.today()
    known_on = asked.get("known_at")
    known_at = (
        timezone.make_aware(datetime.combine(known_on, time.max)) if known_on is not None else None
    )
    if known_at is not None and wanted.only_as_known_now:
        form.add_error("known_at", wanted.only_as_known_now)
        return _page(request, wanted, form, {}, children=(), status=400)
    question = reports.Question(
        as_at=as_at, known_at=known_at, by=request.actor, today=clock.today()
    )
    answer = wanted.answer(question)
    if request.GET.get("format") == "csv":
        return download(
            request,
            filename=f"{wanted.key}-{as_at.isoformat()}.csv",
            content=as_csv(answer).encode("utf-8-sig"),
            content_type=CSV,
            children=answer.children,
        )
    if request.GET.get("format") == "totals":
        return download(
            request,
            filename=f"{wanted.key}-totals-{as_at.isoformat()}.csv",
            content=totals_as_csv(answer).encode("utf-8-sig"),
            content_type=CSV,
            children=(),
        )
    shown = Paginator(answer.rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    first = (shown.number - 1) * ROWS_A_PAGE
    keys = [key for key, _ in answer.columns]
    said = {
        "answer": answer,
        "as_at": as_at,
        "known_on": known_on,
        "shown": shown,
        "lines": [_Line(tuple(_shown(row.get(key)) for key in keys)) for row in shown],
    }
    on_this_page = answer.whose[first : first + ROWS_A_PAGE]
    return _page(request, wanted, form, said, children=on_this_page)


def _page(
    request: OfficeRequest,
    wanted: reports.Report,
    form: QuestionForm,
    said: Mapping[str, object],
    *,
    children: Iterable[int],
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "reporting/report.html",
        {
            "title": wanted.title,
            "lead": wanted.says,
            "report": wanted,
            "form_of_question": form,
            "crumbs": [("Reports", reverse("reporting:index"))],
            **said,
        },
        children=children,
        status=status,
    )
