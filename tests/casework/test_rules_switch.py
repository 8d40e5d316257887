"""Other local rules are proposed, looked at and then chosen, or not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from onroll.office.accounts.models import LocalRules
from onroll.office.casework.models import Case, Deadline
from onroll.office.casework.queries.rules_preview import address_of
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.statute import packs
from tests import actors
from tests.casework.own_rules import own_packs, proposed, text

__all__ = ["own_packs"]

TODAY = actors.TODAY
As = Callable[[Actor], Client]


@pytest.fixture
def ada(db: None) -> Actor:
    """An administrator who also manages a team: may change the rules and sees every case."""
    return actors.person("Ada", "administrator", "team_manager")


def typed(pack: str) -> dict[str, object]:
    """What the form sends for this pack with the limits of now, from today."""
    day = {f"starts_on_{part}": getattr(TODAY, part) for part in ("day", "month", "year")}
    return {"pack": pack, "seen_within": "30", "quiet_after": "14", **day}


def test_the_form_leads_to_the_preview_and_writes_nothing(ada: Actor, as_: As) -> None:
    answer = as_(ada).post(reverse("accounts:rules_edit"), typed("fast"))

    assert answer["Location"] == address_of(proposed())
    assert LocalRules.objects.get().pack == "slow"


def test_the_form_says_that_nothing_would_change(ada: Actor, as_: As) -> None:
    answer = as_(ada).post(reverse("accounts:rules_edit"), typed("slow"))

    assert "nothing would change" in answer.content.decode()


def switch(client: Client, page: str) -> HttpResponse:
    """Press the switch button of a page: send what its form holds."""
    form = page[page.index('<form class="onroll-measure"') :]
    hidden = dict(
        (tag.split('name="')[1].split('"')[0], tag.split('value="')[1].split('"')[0])
        for tag in form.split("<input ")
        if 'type="hidden"' in tag
    )
    return client.post(reverse("accounts:rules_edit"), {**hidden, "source": "The board"})


def test_the_switch_chooses_what_was_shown_and_works_the_clocks_out(
    case: Case, ada: Actor, as_: As
) -> None:
    client = as_(ada)
    page = text(client, proposed(quiet_after=7, starts_on=date(2026, 3, 2)))

    answer = switch(client, page)

    assert answer["Location"] == reverse("accounts:authority")
    held = LocalRules.objects.as_known().get(ends_on=None)
    assert (held.pack, held.seen_within, held.quiet_after, held.starts_on, held.source) == (
        "fast", 30, 7, date(2026, 3, 2), "The board",
    )  # fmt: skip
    assert Deadline.objects.get(case=case, duty="ASHCOMBE_RING").due_on == date(2026, 2, 12)
    chosen = Event.objects.get(verb="accounts.rules_chosen")
    assert (chosen.actor, chosen.data["pack_before"], chosen.data["pack"]) == (
        ada.pk, "slow", "fast",
    )  # fmt: skip


def test_a_switch_is_refused_where_a_colleague_switched_first(ada: Actor, as_: As) -> None:
    client = as_(ada)
    page = text(client, proposed())
    LocalRules.objects.all().delete()
    LocalRules.objects.create(pack="wide", starts_on=TODAY)

    answer = switch(client, page)

    assert answer.status_code == 409
    assert LocalRules.objects.get().pack == "wide"


@pytest.mark.parametrize(
    ("starts_on", "why"),
    [
        (TODAY + timedelta(days=1), "rules are not set in advance"),
        (date(2026, 1, 4), "The present rules began on 5 January 2026"),
    ],
)
def test_a_day_from_which_nobody_can_choose_is_shown_without_the_switch(
    ada: Actor, as_: As, starts_on: date, why: str
) -> None:
    page = text(as_(ada), proposed(starts_on=starts_on))

    assert why in page
    assert "Keep the present rules" in page
    assert "Switch from" not in page


def test_an_act_that_is_not_law_is_shown_beside_the_rules_and_cannot_be_switched_on(
    case: Case, ada: Actor, as_: As
) -> None:
    page = text(as_(ada), proposed("act_2026"))

    act = packs.load("act_2026")
    assert "beside Ashcombe slow, from 5 March 2026</h1>" in page
    assert all(duty.title in page for duty in act.duties)
    assert "Ring the family" not in page  # the authority's own rules stay
    assert "It is not law yet, so it cannot be switched on." in page
    assert "Switch from" not in page
    assert "No open case would change." in page


def test_the_form_offers_an_act_that_is_not_law_and_says_so(ada: Actor, as_: As) -> None:
    form = as_(ada).get(reverse("accounts:rules_edit")).content.decode()

    assert "Act 2026 (not law yet)</option>" in form
