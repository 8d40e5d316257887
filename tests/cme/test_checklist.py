"""The authority keeps its kinds of enquiry and its reasons, and what was said keeps its words."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from onroll.office.casework.models import Case
from onroll.office.cme import actions, queries
from onroll.office.cme.models import EnquiryTemplate, LocalReason
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale
from onroll.office.people.models import Child
from tests.casework.conftest import TODAY

Sign = Callable[[Actor], Client]
NEW: dict[str, Any] = {
    "title": "The library card", "asked_by": "authority", "asked_of": "Libraries",
    "lawful_basis": "Education Act 1996 s.436A", "days_to_answer": 7, "pathways": ["elsewhere"],
    "shows": "", "cites": "Our procedure",
}  # fmt: skip


def test_an_enquiry_added_is_offered_on_every_case_of_its_pathway(
    case: Case, manager: Actor
) -> None:
    actions.add_template(by=manager, on=TODAY, **NEW)

    def offered(pathway: str) -> bool:
        listed = queries.not_yet_made(case, pathway=pathway)
        return "The library card" in [template.title for template in listed]

    assert offered("elsewhere")
    assert not offered("abroad")
    assert queries.templates()[-1].title == "The library card"


def test_a_change_is_for_enquiries_to_come_and_those_made_keep_their_weight(
    case: Case, alice: Actor, manager: Actor
) -> None:
    template = queries.template_for("embassy")
    made = actions.ask(case=case, template=template, by=alice, on=TODAY)
    actions.answer(
        enquiry=made, result="located", strength="independent", country="Poland", by=alice,
        on=TODAY,
    )  # fmt: skip

    changed = actions.change_template(
        template=template, by=manager, on=TODAY, **{**NEW, "title": "Consulate"}
    )

    made.refresh_from_db()
    assert made.template.title == "Embassy or consulate"
    assert queries.verification(case) is not None
    assert (changed.key, changed.shows) == ("embassy", "")
    assert queries.template_for("embassy").title == "Consulate"
    assert "embassy" not in [t.key for t in queries.not_yet_made(case)]
    assert [t.title for t in queries.former_templates()] == ["Embassy or consulate"]


def test_a_retired_enquiry_is_no_longer_offered_and_can_come_back(
    case: Case, manager: Actor
) -> None:
    template = queries.template_for("council_tax")

    actions.retire_template(template=template, by=manager, on=TODAY)

    assert "council_tax" not in [t.key for t in queries.templates()]
    actions.restore_template(template=template, by=manager, on=TODAY)
    assert queries.template_for("council_tax").lawful_basis == template.lawful_basis
    assert EnquiryTemplate.objects.filter(key="council_tax").count() == 2


def test_two_who_change_one_enquiry_do_not_overwrite_each_other(manager: Actor) -> None:
    template = queries.template_for("council_tax")
    actions.change_template(template=template, by=manager, on=TODAY, **NEW)

    with pytest.raises(Stale):
        actions.change_template(template=template, by=manager, on=TODAY, **NEW)
    with pytest.raises(Stale):
        actions.restore_template(template=template, by=manager, on=TODAY)


def test_an_enquiry_is_moved_up_and_down_the_list(manager: Actor) -> None:
    first, second, *_ = queries.templates()

    actions.move_template(template=second, is_up=True, by=manager)
    assert [t.pk for t in queries.templates()[:2]] == [second.pk, first.pk]

    actions.move_template(template=queries.templates()[0], is_up=False, by=manager)
    assert [t.pk for t in queries.templates()[:2]] == [first.pk, second.pk]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"title": ""}, "Say what is asked"),
        ({"lawful_basis": " "}, "lawful basis"),
        ({"days_to_answer": 0}, "1 to 365"),
        ({"shows": "abroad"}, "Believed abroad"),
        ({"shows": "acceptance", "pathways": ["abroad"]}, "Believed in another area"),
        ({"title": "Embassy"}, "nearly the same words"),
    ],
)
def test_an_impossible_enquiry_is_refused(given: dict[str, Any], says: str, manager: Actor) -> None:
    with pytest.raises(Faulty, match=says):
        actions.add_template(by=manager, on=TODAY, **{**NEW, **given})


def test_a_reason_changed_leaves_the_cases_of_before_under_their_national_one(
    case: Case, alice: Actor, manager: Actor
) -> None:
    own = queries.local_reason("school_refuser")
    actions.record_reason(case=case, reason="local:school_refuser", local_reason=own, by=alice)

    actions.change_reason(
        reason=own, title="Refuses school", national="unknown", by=manager, on=TODAY
    )

    told = queries.episode_of(case)
    assert told.local_reason is not None
    assert (told.reason, told.local_reason.title) == (
        "dissatisfaction_general", "School refuser, off roll",
    )  # fmt: skip
    assert queries.local_reason("school_refuser").title == "Refuses school"
    assert "– Refuses school" in dict(queries.reason_choices(TODAY)).values()
    assert "– School refuser, off roll" not in dict(queries.reason_choices(TODAY)).values()


def test_a_reason_is_added_retired_and_brought_back(manager: Actor, db: None) -> None:
    added = actions.add_reason(
        title="Flooded out", national="unknown", by=manager, on=date(2026, 3, 5)
    )
    assert "local:flooded_out" in dict(queries.reason_choices(TODAY))

    actions.retire_reason(reason=added, by=manager, on=TODAY)
    assert "local:flooded_out" not in dict(queries.reason_choices(TODAY))

    actions.restore_reason(reason=added, by=manager, on=TODAY)
    assert "local:flooded_out" in dict(queries.reason_choices(TODAY))
    with pytest.raises(Faulty, match="national reason"):
        actions.add_reason(title="Else", national="nothing", by=manager, on=TODAY)


def test_an_officer_makes_enquiries_and_does_not_change_their_kinds(
    alice: Actor, as_: Sign
) -> None:
    template, reason = queries.template_for("embassy"), queries.local_reason("school_refuser")
    for act in (
        lambda: actions.add_template(by=alice, on=TODAY, **NEW),
        lambda: actions.change_template(template=template, by=alice, on=TODAY, **NEW),
        lambda: actions.retire_template(template=template, by=alice, on=TODAY),
        lambda: actions.restore_template(template=template, by=alice, on=TODAY),
        lambda: actions.move_template(template=template, is_up=True, by=alice),
        lambda: actions.add_reason(title="x", national="unknown", by=alice, on=TODAY),
        lambda: actions.change_reason(
            reason=reason, title="x", national="unknown", by=alice, on=TODAY
        ),
        lambda: actions.retire_reason(reason=reason, by=alice, on=TODAY),
        lambda: actions.restore_reason(reason=reason, by=alice, on=TODAY),
    ):
        with pytest.raises(Refused):
            act()

    client = as_(alice)
    for name, args in (("templates", []), ("template_add", []), ("template", ["embassy"]),
                       ("reasons", []), ("reason_add", []),
                       ("reason_change", ["school_refuser"])):  # fmt: skip
        assert client.get(reverse(f"cme:{name}", args=args)).status_code == 403, name
    structure = client.get(reverse("accounts:structure")).content.decode()
    assert "Kinds of enquiry" not in structure


def test_a_manager_keeps_the_list_on_the_screens(manager: Actor, as_: Sign, amelia: Child) -> None:
    client = as_(manager)
    listed = reverse("cme:templates")
    assert listed in client.get(reverse("accounts:structure")).content.decode()
    assert "Council tax" in client.get(listed).content.decode()
    typed = {**NEW, "shows": "nothing"}

    assert client.post(reverse("cme:template_add"), typed).status_code == 302
    at = reverse("cme:template", args=["the_library_card"])
    page = client.get(at).content.decode()
    assert "Our procedure" in page
    now = queries.template_for("the_library_card")
    refused = client.post(at, {**typed, "pk": now.pk, "shows": "abroad"}).content.decode()
    assert "Believed abroad" in refused
    changed = client.post(at, {**typed, "pk": now.pk, "title": "Library and museum cards"})
    assert changed.status_code == 302
    assert client.post(at, {**typed, "pk": now.pk, "title": "Stale"}).status_code == 409
    client.post(reverse("cme:template_move", args=["the_library_card"]), {"to": "up"})
    assert queries.templates()[-2].key == "the_library_card"
    client.post(reverse("cme:template_retire", args=["the_library_card"]))
    page = client.get(listed).content.decode()
    assert "Offer again" in page
    again = {"pk": queries.former_templates()[0].pk}
    client.post(reverse("cme:template_restore", args=["the_library_card"]), again)
    assert queries.template_for("the_library_card")


def test_a_manager_keeps_the_reasons_on_the_screens(manager: Actor, as_: Sign) -> None:
    client = as_(manager)
    listed = reverse("cme:reasons")
    sent = client.post(reverse("cme:reason_add"), {"title": "Flooded out", "national": "unknown"})
    assert sent.status_code == 302
    assert "Flooded out" in client.get(listed).content.decode()
    own = queries.local_reason("flooded_out")
    at = reverse("cme:reason_change", args=["flooded_out"])
    assert client.post(
        at, {"pk": own.pk, "title": "Flooded", "national": "unknown"}
    ).status_code == 302  # fmt: skip
    client.post(reverse("cme:reason_retire", args=["flooded_out"]))
    assert not LocalReason.objects.filter(key="flooded_out", is_current=True).exists()
    first = LocalReason.objects.filter(key="flooded_out").first()
    assert first is not None
    client.post(reverse("cme:reason_restore", args=["flooded_out"]), {"pk": first.pk})
    assert queries.local_reason("flooded_out").title == "Flooded out"
