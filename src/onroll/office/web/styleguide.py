"""Every component in every state, on invented people, for whoever builds or reviews a screen.

Shown only when DEBUG is on.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from onroll.office.kernel.decision import Refused, Stale
from onroll.office.web import errors
from onroll.office.web.components import (
    Badge,
    ChildBanner,
    Figure,
    Link,
    Risk,
    Row,
    Tab,
)
from onroll.office.web.examples import (
    CHILD,
    CLOCKS,
    MOMENTS,
    PAGE_SIZE,
    RISK,
    TODAY,
    ExampleFilters,
    ExampleForm,
    ExamplePublicForm,
    cases_of_one_officer,
)
from onroll.office.web.forms import GovukForm
from onroll.office.web.views import page

PARTS = ("worklist", "child", "form", "mistakes", "public", "confirm", "single-form", "pieces")


@login_not_required
def show(request: HttpRequest, part: str = "worklist") -> HttpResponse:
    """Show one part of the style guide, or the page of one failure."""
    if not settings.DEBUG:
        raise Http404
    if part in FAILURES:
        return FAILURES[part](request)
    if part not in PARTS:
        raise Http404
    if part == "pieces":
        messages.success(request, "The case was closed and the letter is waiting to be sent.")
        messages.error(request, "The letter has no address: add one and send it again.")
        messages.warning(request, "Two children share this UPN.")
        messages.info(request, "Figures are as known on 5 March 2026.")
    context = {**_context(request, part), "parts": _parts(request, part)}
    return page(request, f"web/styleguide/{part.replace('-', '_')}.html", context, children=())


def _parts(request: HttpRequest, now: str) -> list[Tab]:
    root = (
        request.path
        if not request.path.rstrip("/").endswith(now)
        else request.path[: -len(now) - 1]
    )
    return [
        Tab(p.replace("-", " ").capitalize(), f"{root}{p}/", p == now) for p in (*PARTS, *FAILURES)
    ]


def _context(request: HttpRequest, part: str) -> dict[str, object]:
    cases = Paginator(cases_of_one_officer(), PAGE_SIZE)
    common: dict[str, object] = {"today": TODAY, "title": "Style guide", "here": request.path}
    if part == "worklist":
        return common | {
            "title": "My work",
            "lead": "Thursday 5 March 2026. Begin at the top: what is overdue comes first.",
            "tabs": [
                Tab("Cases", "?", True, 37),
                Tab("New referrals", "?tab=new", count=4),
                Tab("Tasks", "?tab=tasks", count=0),
            ],
            "figures": [
                Figure("Overdue", 3, "?due=overdue", "red"),
                Figure("Due this week", 9, "?due=week", "orange"),
                Figure("New referrals", 4, "#", "blue"),
                Figure("Not seen for 30 days", 2, "#", note="from contacts recorded"),
            ],
            "filters_form": ExampleFilters(request.GET or None),
            "cases": cases.get_page(request.GET.get("page")),
        }
    if part == "child":
        return common | {
            "title": CHILD.name,
            "banner": CHILD,
            "crumbs": [("My work", "#"), ("Children", "#")],
            "child_actions": [Link("Add a contact", "#"), Link("Print", "#")],
            "tabs": [
                Tab("Summary", "#", True),
                Tab("Timeline", "?t", count=24),
                Tab("Education", "?e"),
                Tab("Documents", "?d", count=6),
                Tab("Who has looked", "?w"),
            ],
            "clocks": CLOCKS,
            "moments": MOMENTS,
            "risk": RISK,
            "rows": [
                Row(
                    "Standing",
                    Badge("Missing education", "red").label,
                    "since 14 February 2026: on no roll, and no other education recorded",
                ),
                Row("Last school", "Holm Lane Primary, to 13 February 2026"),
                Row("Key worker", "Ann Ashworth", action=Link("Change", "#")),
                Row("Whereabouts", None, action=Link("Record", "#")),
            ],
        }
    if part in ("form", "mistakes", "single-form", "public"):
        wrong = {
            "family_name": "",
            "born_on_day": "31",
            "born_on_month": "Feb",
            "born_on_year": "2015",
            "last_seen_on_day": "3",
            "last_seen_on_year": "2026",
            "whereabouts": "left",
            "worries": ["other"],
            "account": "x" * 420,
            "email": "ann at example",
        }
        if part == "public":
            form: GovukForm = ExamplePublicForm(today=TODAY)
        elif part == "mistakes":
            form = ExampleForm(wrong, today=TODAY)
        else:
            form = ExampleForm(today=TODAY)
        titles = {
            "public": "Tell us about a child who may be missing education",
            "form": "Record a referral",
            "single-form": "Allocate the case",
            "mistakes": "Record a referral",
        }
        return common | {
            "title": titles[part],
            "form": form,
            "submit": "Save and continue",
            "cancel_url": "#",
            "back_url": "#",
            "child": CHILD if part == "single-form" else None,
        }
    if part == "confirm":
        return common | {
            "title": "Close the case",
            "child": CHILD,
            "submit": "Close the case",
            "cancel_url": "#",
            "danger": True,
            "explains": ["The case leaves your worklist. Its history stays."],
            "rows": [
                Row("Outcome", "On roll and started"),
                Row("Evidence", "Admission register, 2 March 2026"),
            ],
            "warning": "The school has not yet confirmed that the child started.",
        }
    return common | {
        "side_items": [
            Tab("Summary", "?", True),
            Tab("Enquiries", "?a", count=4),
            Tab("Letters", "?b", count=0),
        ],
        "colours": [
            "grey",
            "blue",
            "green",
            "yellow",
            "orange",
            "red",
            "purple",
            "teal",
            "magenta",
        ],
        "clocks": CLOCKS,
        "risks": [RISK, Risk(40, 100, "Medium", colour="orange"), Risk(8, 100, "Low")],
        "now": datetime(2026, 3, 5, 14, 5, tzinfo=UTC),
        "page_of": cases.get_page(3),
        "dates": [TODAY - timedelta(days=d) for d in (0, 1, 12, 40, 200, 900)],
        "unknown_child": ChildBanner(
            name="Name not known",
            url="#",
            note="Referred by a neighbour; nothing else is known yet.",
        ),
    }


STALE = Stale(
    "the case of Aisha Quennell",
    [
        ("Key worker", "Bob Birtles", "Ann Ashworth"),
        ("Whereabouts", "Unknown", "Unknown"),
        ("Note", "School rang back: family in Leeds.", "Visited; nobody in."),
    ],
)

FAILURES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "400": errors.bad_request,
    "403": lambda request: errors.forbidden(request, Refused("Only the case owner can close it.")),
    "404": errors.not_found,
    "409": lambda request: errors.stale(request, STALE),
    "413": errors.too_large,
    "500": errors.server_error,
    "503": errors.database_gone,
    "not-received": lambda request: errors.not_received(),
}
