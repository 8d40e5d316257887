"""The page that says how well the search does."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.linkage.policy import runs as policy
from onroll.office.linkage.queries import candidates
from onroll.office.linkage.queries import yields as queries
from onroll.office.linkage.views.runs import tabs
from onroll.office.web.views import page


@require_safe
def yields(request: OfficeRequest) -> HttpResponse:
    """Show how often the search was right, what clearing costs, and whom it does not find."""
    if not policy.can_see_yields(request.actor):
        raise Unknown("no such page")
    found = queries.outcomes(request.actor)
    whole = queries.tally("All", found)
    groups = queries.with_yields(candidates.groups(request.actor), request.actor)
    context = {
        "title": "How well the search does",
        "lead": "Worked out from what people answered. A score never decides alone.",
        "tabs": tabs(request, "linkage:yields"),
        "whole": whole,
        "tables": queries.tables(found),
        "groups": groups,
        "outlook": queries.outlook(groups),
        "recall": queries.recall(request.actor),
        "fewest": queries.FEWEST,
        "seconds": queries.SECONDS_A_DECISION,
    }
    return page(request, "linkage/yields.html", context, children=())
