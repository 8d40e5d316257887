"""Every screen: alice succeeds, a colleague who may not is refused, mallory finds nothing."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.people import actions, queries
from onroll.office.people.models import Access, Child, ChildName, Flag, Identifier
from onroll.office.people.views.facts import SCREENS
from onroll.statute import identifiers
from tests.actors import TODAY

Browse = Callable[[Actor], Client]
Add = Callable[..., Child]

FROM = {"starts_on_day": "5", "starts_on_month": "1", "starts_on_year": "2026"}
# What alice types into each form, and what the list then shows.
TYPED: dict[str, tuple[dict[str, str], str]] = {
    "name": ({"use": "former", "given_names": "Amy", "family_name": "Oldname"}, "Oldname"),
    "identifier": ({"scheme": "nhs", "value": "943 476 5919"}, "9434765919"),
    "address": ({"use": "temporary", "line_1": "Rose Cottage", "postcode": "zz22bb"}, "ZZ2 2BB"),
    "carer": (
        {
            "given_names": "Ada", "family_name": "Khan", "kind": "mother", "lives_with": "yes",
            "parental_responsibility": "yes", "contact": "yes", "priority": "1",
        },
        "Ada Khan",
    ),
    "contact": ({"kind": "mobile", "value": "07700 900456", "safe": "no"}, "07700 900456"),
    "professional": ({"role": "gp", "name": "Dr Zed"}, "Dr Zed"),
    "flag": ({"flag": "young_carer", "detail": "Cares for a brother"}, "Young carer"),
    "whereabouts": (
        {
            "conclusion": "abroad", "country": "Poland", "strength": "confirmed",
            "evidence": "A school there wrote",
        },
        "Poland",
    ),
}  # fmt: skip

# The token of a form is masked anew for every page.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def text(response: Any) -> str:
    return response.content.decode()


def url(screen: str, child: Child, *more: object) -> str:
    return "/".join(["/children", child.ref, SCREENS[screen].path, *map(str, more), ""])


@pytest.mark.parametrize("screen", TYPED)
def test_a_fact_is_recorded_shown_and_journalled(
    screen: str, amelia: Child, alice: Actor, browse: Browse
) -> None:
    typed, shown = TYPED[screen]
    alice_browser = browse(alice)

    form = alice_browser.get(url(screen, amelia, "add"))
    saved = alice_browser.post(url(screen, amelia, "add"), {**FROM, **typed})

    assert form.status_code == 200
    assert saved.status_code == 302, text(saved)
    assert shown in text(alice_browser.get(saved["Location"]))
    assert Event.objects.filter(verb="children.fact_recorded", children=[amelia.pk]).count() >= 2
    assert Event.objects.filter(verb="children.viewed", children=[amelia.pk]).exists()


@pytest.mark.parametrize("screen", SCREENS)
def test_a_reader_sees_and_may_not_change(
    screen: str, amelia: Child, erin: Actor, mallory: Actor, bob: Actor, browse: Browse
) -> None:
    reader = browse(erin)

    seen, refused = reader.get(url(screen, amelia)), reader.get(url(screen, amelia, "add"))

    assert seen.status_code == 200
    assert ">Add<" not in text(seen)
    assert refused.status_code == 403
    assert reader.post(url(screen, amelia, "add"), FROM).status_code == 403
    for stranger in (mallory, bob):
        for address in (url(screen, amelia), url(screen, amelia, "add")):
            assert browse(stranger).get(address).status_code == 404


def test_a_correction_keeps_what_was_believed_and_why(
    amelia: Child, alice: Actor, browse: Browse
) -> None:
    (home,) = queries.addresses(amelia, by=alice)
    browser = browse(alice)

    saved = browser.post(
        url("address", amelia, home.pk, "correct"),
        {**FROM, "use": "home", "line_1": "41 High Street", "postcode": "ZZ1 4AB",
         "because": "The numbers were changed over"},
    )  # fmt: skip

    assert saved.status_code == 302, text(saved)
    shown = text(browser.get(url("address", amelia)))
    assert "41 High Street" in shown
    assert "What we believed before" in shown
    assert "14 High Street" in shown
    assert "The numbers were changed over" in shown


def test_the_second_to_correct_sees_both_versions(
    amelia: Child, alice: Actor, carol: Actor, browse: Browse
) -> None:
    (home,) = queries.addresses(amelia, by=alice)
    typed = {**FROM, "use": "home", "postcode": "ZZ1 4AB", "because": "Told so"}
    address = url("address", amelia, home.pk, "correct")

    first = browse(carol).post(address, {**typed, "line_1": "20 Carol Road"})
    second = browse(alice).post(address, {**typed, "line_1": "30 Alice Road"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "20 Carol Road" in text(second)
    assert "30 Alice Road" in text(second)
    assert [a.line_1 for a in queries.addresses(amelia, by=alice)] == ["20 Carol Road"]


def test_the_second_to_change_details_sees_both_versions(
    amelia: Child, alice: Actor, carol: Actor, browse: Browse
) -> None:
    typed = {
        "born_on_day": "3", "born_on_month": "4", "born_on_year": "2015",
        "birth_date_is": "estimated", "sex": "F", "version": str(amelia.version),
    }  # fmt: skip
    address = f"/children/{amelia.ref}/details/"

    first = browse(carol).post(address, {**typed, "ethnicity": "WROM"})
    second = browse(alice).post(address, {**typed, "ethnicity": "WIRT"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "WROM" in text(second)
    assert "WIRT" in text(second)


def test_a_fact_is_ended_and_another_withdrawn(amelia: Child, alice: Actor, browse: Browse) -> None:
    flag = actions.record_flag(
        child=amelia, flag="homeless", starts_on=date(2025, 1, 1), by=alice, on=TODAY
    )
    browser = browse(alice)

    ended = browser.post(
        url("flag", amelia, flag.pk, "end"),
        {"ends_on_day": "1", "ends_on_month": "3", "ends_on_year": "2026"},
    )
    (now,) = Flag.objects.as_known().filter(child=amelia)
    withdrawn = browser.post(url("flag", amelia, now.pk, "withdraw"), {"because": "Another child"})

    assert (ended.status_code, withdrawn.status_code) == (302, 302)
    assert now.ends_on == date(2026, 3, 1)
    assert not Flag.objects.as_known().filter(child=amelia).exists()
    assert "Homeless" in text(browser.get(url("flag", amelia)))


def test_a_restricted_flag_is_shown_only_to_those_who_may(
    amelia: Child, alice: Actor, dave: Actor, browse: Browse
) -> None:
    actions.record_flag(child=amelia, flag="cpp", starts_on=TODAY, by=alice, on=TODAY)

    assert "Child protection plan" in text(browse(alice).get(url("flag", amelia)))
    for screen in SCREENS:
        assert "Child protection plan" not in text(browse(dave).get(url(screen, amelia)))


def test_a_wrong_check_letter_is_refused_beside_the_field(
    amelia: Child, alice: Actor, browse: Browse
) -> None:
    right = identifiers.upn_letter("820200315001") + "820200315001"
    wrong = ("B" if right[0] != "B" else "C") + right[1:]

    refused = browse(alice).post(
        url("identifier", amelia, "add"), {**FROM, "scheme": "upn", "value": wrong}
    )

    assert refused.status_code == 200
    assert "check letter does not match" in text(refused)
    assert not Identifier.objects.filter(child=amelia).exists()


def test_an_unknown_authority_in_a_upn_only_warns(
    amelia: Child, alice: Actor, browse: Browse
) -> None:
    upn = identifiers.upn_letter("600200315001") + "600200315001"

    saved = browse(alice).post(
        url("identifier", amelia, "add"), {**FROM, "scheme": "upn", "value": upn}, follow=True
    )

    assert "is not the code of a local authority" in text(saved)
    assert Identifier.objects.as_known().get(child=amelia).value == upn


def test_a_child_is_searched_for_then_added_after_the_matches_were_shown(
    amelia: Child, alice: Actor, browse: Browse
) -> None:
    browser = browse(alice)
    found = text(browser.post("/children/", {"q": "amelie khan 3/4/2015"}))
    proof = re.search(r'name="searched" value="([^"]+)"', found)
    assert proof
    start = {"start": "yes", "q": "amelie khan 3/4/2015", "searched": proof[1]}

    form = text(browser.post("/children/add/", start))
    typed = {
        "given_names": "Amelie", "family_name": "Khan", "born_on_day": "3", "born_on_month": "4",
        "born_on_year": "2015", "birth_date_is": "exact", "sex": "F", "searched": proof[1],
    }  # fmt: skip
    warned = text(browser.post("/children/add/", typed))
    mark = re.search(r'name="looked_at" value="([^"]+)"', warned)
    assert mark
    added = browser.post("/children/add/", {**typed, "looked_at": mark[1]})

    assert 'value="Amelie"' in form
    assert 'value="Khan"' in form
    assert "may be the same child" in warned
    assert "The name is near" in warned
    assert added.status_code == 302
    assert Child.objects.filter(given_names="Amelie").count() == 1


def test_nobody_adds_without_searching_on_the_screen_either(alice: Actor, browse: Browse) -> None:
    typed = {
        "given_names": "Amelie", "family_name": "Khan", "birth_date_is": "unknown", "sex": "F",
        "searched": "made-up",
    }  # fmt: skip

    assert browse(alice).get("/children/add/").status_code == 302
    assert browse(alice).post("/children/add/", typed).status_code == 403
    assert not Child.objects.exists()


def test_find_is_refused_to_those_who_do_not_look_for_children(
    bob: Actor, mallory: Actor, alice: Actor, browse: Browse
) -> None:
    assert browse(alice).get("/children/").status_code == 200
    for other in (bob, mallory):
        assert browse(other).get("/children/").status_code == 403
        assert browse(other).post("/children/", {"q": "khan"}).status_code == 403
        assert browse(other).post("/children/add/", {"start": "yes"}).status_code == 403


def test_as_one_types_only_the_list_is_sent(amelia: Child, alice: Actor, browse: Browse) -> None:
    answer = browse(alice).post("/children/", {"q": "khan"}, headers={"HX-Request": "true"})

    assert "<html" not in text(answer)
    assert "Amelia Rose Khan" in text(answer)
    assert Event.objects.filter(verb="children.viewed", children=[amelia.pk]).count() == 1


def test_breaking_the_glass_opens_for_an_hour_and_is_seen(
    amelia: Child, alice: Actor, bob: Actor, browse: Browse
) -> None:
    opened = browse(alice).post(
        "/children/emergency/", {"child_ref": amelia.ref, "reason": "Police ask where the child is"}
    )

    access = Access.objects.get(because="break_glass")
    assert opened["Location"] == f"/children/{amelia.ref}/"
    assert (access.expires_at - access.recorded_at).total_seconds() == 3600
    assert Event.objects.get(verb="children.glass_broken").children == [amelia.pk]
    assert "Police" not in str(Event.objects.get(verb="children.glass_broken").data)
    assert browse(bob).get("/children/emergency/").status_code == 403
    refused = browse(alice).post("/children/emergency/", {"child_ref": amelia.ref, "reason": "Now"})
    assert "in a sentence" in text(refused)


def test_a_seal_is_set_asked_about_and_lifted_on_the_screen(
    amelia: Child, dave: Actor, erin: Actor, carol: Actor, alice: Actor, browse: Browse
) -> None:
    address = f"/children/{amelia.ref}/seal/"

    assert browse(alice).get(address).status_code == 403
    assert "Only those who keep sealed records" in text(browse(carol).get(address))
    assert browse(carol).post(address, {"reason": "Fled"}).status_code == 403
    assert browse(dave).post(address, {"reason": "Fled"}).status_code == 302
    assert browse(alice).get(address).status_code == 404
    assert "Amelia Rose Khan" in text(browse(dave).get("/children/sealed/"))
    assert browse(alice).get("/children/sealed/").status_code == 403
    assert browse(dave).post(address).status_code == 302
    assert browse(dave).post(address, {"lift": "yes"}).status_code == 403
    assert browse(erin).post(address, {"lift": "yes"}).status_code == 302
    assert browse(alice).get(f"/children/{amelia.ref}/addresses/").status_code == 200


def test_every_page_of_a_sealed_child_is_that_of_no_child(
    amelia: Child, dave: Actor, alice: Actor, browse: Browse
) -> None:
    name = ChildName.objects.get(child=amelia)
    pages = [url(screen, amelia) for screen in SCREENS]
    pages += [url(screen, amelia, "add") for screen in SCREENS]
    pages += [url("name", amelia, name.pk, act) for act in ("correct", "end", "withdraw")]
    pages += [f"/children/{amelia.ref}/details/"]
    actions.seal(child=amelia, reason="Fled", by=dave, on=TODAY)
    browser = browse(alice)

    def told(address: str) -> tuple[int, str, list[tuple[str, str]]]:
        answer = browser.get(address)
        headers = sorted((k, v) for k, v in answer.headers.items())
        return answer.status_code, TOKEN.sub("", text(answer)), headers

    for address in pages:
        assert told(address) == told(address.replace(amelia.ref, "000000000000")), address
        assert told(address)[0] == 404
    for text_typed in ("amelia khan", "khan 2015", "zz1 4ab", amelia.ref):
        sealed = text(browser.post("/children/", {"q": text_typed}))
        assert "Nobody found" in sealed


def test_adding_a_twin_of_a_sealed_child_says_nothing(
    amelia: Child, dave: Actor, alice: Actor, browse: Browse
) -> None:
    actions.seal(child=amelia, reason="Fled", by=dave, on=TODAY)
    browser = browse(alice)

    def add(given: str, family: str, year: str) -> tuple[str, str]:
        found = text(browser.post("/children/", {"q": f"{given} {family} 3/4/{year}"}))
        proof = re.search(r'name="searched" value="([^"]+)"', found)
        assert proof
        typed = {
            "given_names": given, "family_name": family, "born_on_day": "3", "born_on_month": "4",
            "born_on_year": year, "birth_date_is": "exact", "sex": "F", "searched": proof[1],
        }  # fmt: skip
        answer = browser.post("/children/add/", typed, follow=True)
        ref = Child.objects.latest("pk").ref
        return ref, text(answer).replace(ref, "REF")

    twin, said_of_twin = add("Amelia Rose", "Khan", "2015")
    _, said_of_other = add("Zebedee", "Quux", "2011")

    assert TOKEN.sub("", said_of_twin) == TOKEN.sub("", said_of_other)
    assert browser.get(f"/children/{twin}/names/").status_code == 200
    assert browser.get("/children/sealed/").status_code == 403
    listed = text(browse(dave).get("/children/sealed/"))
    assert twin in listed
    assert "Zebedee" not in listed


def test_a_hazard_stays_with_the_house(
    amelia: Child, add: Add, alice: Actor, browse: Browse
) -> None:
    brother = add("Adam", "Brown", date(2012, 1, 1))
    actions.record_address(
        child=brother, line_1="14, High St", postcode="zz14ab", starts_on=date(2022, 1, 1),
        by=alice, on=TODAY,
    )  # fmt: skip
    (home,) = queries.addresses(amelia, by=alice)
    browser = browse(alice)

    saved = browser.post(
        url("hazard", amelia, "add"), {**FROM, "place": home.place, "hazard": "A large dog"}
    )

    assert saved.status_code == 302, text(saved)
    assert "A large dog" in text(browser.get(url("hazard", brother)))
    assert [h.hazard for h in queries.hazards_for(brother, by=alice)] == ["A large dog"]
    assert [r.child for r in queries.family(brother, by=alice)] == [amelia]


def test_a_carers_name_is_corrected_and_the_second_of_two_sees_both(
    amelia: Child, alice: Actor, browse: Browse
) -> None:
    carer = actions.record_carer(
        child=amelia, given_names="Marry", family_name="Haloway", kind="mother", starts_on=TODAY,
        by=alice, on=TODAY,
    ).carer  # fmt: skip
    url = f"/children/{amelia.ref}/carers/{carer.pk}/name/"
    typed = {"given_names": "Mary", "family_name": "Halloway", "version": str(carer.version)}

    saved = browse(alice).post(url, typed)
    late = browse(alice).post(url, {**typed, "given_names": "Marie"})

    carer.refresh_from_db()
    assert saved.status_code == 302
    assert (carer.given_names, carer.family_name) == ("Mary", "Halloway")
    assert late.status_code == 409
    assert "Marie" in late.content.decode()
