"""The screens of sources and their lists, for who may and for who may not."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onroll.office.kernel.actor import Actor
from onroll.office.linkage.models import ColumnMapping, PopulationLoad, Source
from tests import actors
from tests.actors import TODAY
from tests.linkage.lists import a_source, csv_of, rows, sent, theirs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
EARLIER = TODAY - timedelta(days=30)
AT = "/find-missing/sources/"


@pytest.fixture
def browser(carol: Actor) -> Client:
    return actors.signed_in(carol)


def shown(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def send(browser: Client, source: Source, content: bytes, **more: str) -> PopulationLoad:
    day = {"as_at_day": "5", "as_at_month": "3", "as_at_year": "2026"}
    answer = browser.post(
        f"{AT}{source.key}/send/", {"file": SimpleUploadedFile("a.csv", content), **day, **more}
    )
    assert answer.status_code == 302, answer.content.decode()
    return PopulationLoad.objects.latest("pk")


def test_an_empty_office_is_told_what_to_do_first(browser: Client) -> None:
    text = shown(browser, AT)

    assert "No sources yet" in text
    assert "Add a source" in text


def test_a_source_is_added_with_the_usual_answers_of_its_kind(browser: Client) -> None:
    assert "Council tax households" in shown(browser, f"{AT}add/")
    form = shown(browser, f"{AT}add/?kind=council_tax")
    assert "gathered for another purpose" in form
    assert "section 436A" in form

    answer = browser.post(
        f"{AT}add/?kind=council_tax",
        {
            "name": "Council tax", "supplier": "Revenues", "lawful_basis": "As agreed",
            "stale_after_months": "12", "brake_share": "5", "keep_days": "28",
        },
    )  # fmt: skip

    assert answer["Location"] == f"{AT}council-tax/"
    text = shown(browser, f"{AT}council-tax/")
    assert "Council tax was added" in text
    assert "No list has been sent in" in text
    assert "Lawful basis not checked" in shown(browser, AT)
    assert "no source is like that" in shown(browser, f"{AT}?state=fresh").lower()


def test_a_second_source_of_one_name_is_refused_on_the_form(browser: Client, carol: Actor) -> None:
    a_source(carol, "Births")

    answer = browser.post(
        f"{AT}add/?kind=births",
        {"name": "births", "supplier": "R", "lawful_basis": "B", "stale_after_months": "0",
         "brake_share": "5", "keep_days": "28"},
    )  # fmt: skip

    assert answer.status_code == 422
    assert "stale" in answer.content.decode()
    assert Source.objects.count() == 1


def test_a_source_is_changed_retired_and_restored(browser: Client, carol: Actor) -> None:
    source = a_source(carol)
    path = f"{AT}{source.key}/"
    values = {"name": "Births 2010 to 2020", "supplier": "Registrars", "lawful_basis": "B",
              "is_basis_checked": "on", "stale_after_months": "10", "brake_share": "8",
              "keep_days": "20"}  # fmt: skip

    assert browser.post(f"{path}edit/", values).status_code == 302
    assert "Births 2010 to 2020" in shown(browser, path)
    assert "Retire Births 2010 to 2020?" in shown(browser, f"{path}retire/")
    browser.post(f"{path}retire/")
    assert "This source is retired" in shown(browser, path)
    assert "Births 2010" in shown(browser, f"{AT}?state=retired")
    browser.post(f"{path}restore/")

    source.refresh_from_db()
    assert (source.brake_share, source.is_basis_checked, source.retired_at) == (8, True, None)
    assert "changed the source births" in shown(browser, path)


def test_a_list_is_sent_in_its_columns_named_and_used(browser: Client, carol: Actor) -> None:
    source = a_source(carol)
    load = send(browser, source, theirs())
    asked = shown(browser, f"{AT}lists/{load.pk}/columns/")
    assert "Archer, Amina Ann" in asked
    assert "columns of this list are not known yet" in shown(browser, f"{AT}lists/{load.pk}/")
    said = {"column_0": "record_id", "column_1": "full_name", "column_2": "born_on",
            "column_3": "postcode", "column_4": "none", "date_order": "dmy"}  # fmt: skip

    twice = browser.post(f"{AT}lists/{load.pk}/columns/", {**said, "column_0": "born_on"})
    answer = browser.post(f"{AT}lists/{load.pk}/columns/", said)

    assert twice.status_code == 422
    assert "“Date of birth” is said of “Ref” and “DOB”" in twice.content.decode()
    assert answer["Location"] == f"{AT}lists/{load.pk}/"
    text = shown(browser, f"{AT}lists/{load.pk}/")
    assert "Post Code" in text
    assert "until 2 April 2026, then destroyed" in text
    assert ColumnMapping.objects.count() == 1


def test_a_held_list_shows_why_and_is_accepted_by_a_second_person(
    browser: Client, carol: Actor
) -> None:
    source = a_source(carol)
    sent(source, csv_of(rows(100)), carol, as_at=EARLIER)
    load = send(browser, source, csv_of(rows(80)))
    path = f"{AT}lists/{load.pk}/"

    text = shown(browser, path)
    assert "20.0% of the last list would change and this source allows 5%" in text
    assert "Use this list" not in text
    assert "A colleague who loads lists must accept it" in text
    assert browser.get(f"{path}accept/")["Location"] == path
    assert browser.post(f"{path}accept/", {"reason": "Yes"}).status_code == 403
    mina = actors.signed_in(actors.person("Mina", "team_manager"))
    assert "Use this list" in shown(mina, path)
    assert mina.post(f"{path}accept/", {"reason": ""}).status_code == 422
    assert mina.post(f"{path}accept/", {"reason": "A ward moved"}).status_code == 302

    assert "A ward moved" in shown(browser, path)
    assert "In use" in shown(browser, f"{AT}{source.key}/")


def test_a_held_list_is_turned_away(browser: Client, carol: Actor) -> None:
    source = a_source(carol)
    sent(source, csv_of(rows(100)), carol, as_at=EARLIER)
    load = send(browser, source, csv_of(rows(93)))

    assert "It is destroyed at once" in shown(browser, f"{AT}lists/{load.pk}/reject/")
    browser.post(f"{AT}lists/{load.pk}/reject/", {"reason": "A year is missing"})

    assert "A year is missing" in shown(browser, f"{AT}lists/{load.pk}/")


def test_taking_back_says_first_what_will_stand(browser: Client, carol: Actor) -> None:
    source = a_source(carol)
    first = sent(source, csv_of(rows(100)), carol, as_at=EARLIER)
    load = send(browser, source, csv_of(rows(101)))

    assert "The list as at 3 February 2026 is in use again" in shown(
        browser, f"{AT}lists/{load.pk}/undo/"
    )
    browser.post(f"{AT}lists/{first.pk}/destroy/")
    browser.post(f"{AT}lists/{load.pk}/undo/")

    assert "Only its counts remain" in shown(browser, f"{AT}lists/{load.pk}/")
    assert "In use" in shown(browser, f"{AT}{source.key}/")


def test_a_list_is_destroyed_after_being_asked(browser: Client, carol: Actor) -> None:
    source = a_source(carol)
    load = send(browser, source, csv_of(rows(30)))

    assert "Its 30 records are destroyed" in shown(browser, f"{AT}lists/{load.pk}/destroy/")
    browser.post(f"{AT}lists/{load.pk}/destroy/")

    assert "Destroyed. Counts and hashes remain." in shown(browser, f"{AT}lists/{load.pk}/")
    assert "has been destroyed, as it must be" in shown(browser, f"{AT}{source.key}/")


def test_a_refused_list_says_what_is_wrong(browser: Client, carol: Actor) -> None:
    load = send(browser, a_source(carol), csv_of([]))

    assert "a header and no rows" in shown(browser, f"{AT}lists/{load.pk}/")


def test_after_the_agreement_the_page_says_what_to_do_and_takes_no_list(
    browser: Client, carol: Actor
) -> None:
    source = a_source(carol, agreement_ends_on=TODAY - timedelta(days=1))
    path = f"{AT}{source.key}/"

    assert "ended on 4 March 2026" in shown(browser, path)
    assert "Choose a file" not in shown(browser, f"{path}send/")
    assert "Agreement ended" in shown(browser, AT)
    answer = browser.post(
        f"{path}send/",
        {"file": SimpleUploadedFile("a.csv", csv_of(rows(3))), "as_at_day": "5",
         "as_at_month": "3", "as_at_year": "2026"},
    )  # fmt: skip
    assert answer.status_code == 403


def test_files_lead_to_lists_and_back(browser: Client, carol: Actor) -> None:
    load = send(browser, a_source(carol), csv_of(rows(30)))

    assert browser.get(f"/files/{load.pk}/")["Location"] == f"{AT}lists/{load.pk}/"
    assert browser.get("/files/send/linkage.list/")["Location"] == AT
    assert "record_id" in browser.get("/files/template/linkage.list.csv").content.decode()


@pytest.mark.parametrize("who", ["alice", "bob", "mallory"])
def test_whoever_loads_no_lists_finds_nothing(carol: Actor, who: str) -> None:
    source = a_source(carol)
    load = sent(source, csv_of(rows(30)), carol)
    # Bob counts children elsewhere; here he keeps the offices and loads no lists.
    stranger = actors.person("Bob", "administrator") if who == "bob" else getattr(actors, who)()
    browser = actors.signed_in(stranger)
    one, other = f"{AT}{source.key}/", f"{AT}lists/{load.pk}/"
    pages = [AT, f"{AT}add/", one, f"{one}edit/", f"{one}send/", f"{one}retire/", other]
    acts = ["columns/", "accept/", "reject/", "undo/", "destroy/"]

    for path in [*pages, *(other + act for act in acts)]:
        assert browser.get(path).status_code == 404, path
    for path in [f"{one}retire/", f"{one}restore/", f"{one}send/", *(other + a for a in acts)]:
        assert browser.post(path).status_code == 404, path
    source.refresh_from_db()
    assert source.retired_at is None


def test_a_colleague_agrees_to_a_raised_share_where_the_source_is_changed(
    births: Source, browser: Client, mina: Actor
) -> None:
    answers = {
        "name": "Births", "supplier": "Registrars", "lawful_basis": "Section 436A",
        "stale_after_months": "12", "keep_days": "28",
    }  # fmt: skip
    at = f"{AT}{births.key}/"
    browser.post(f"{at}edit/", {**answers, "brake_share": "50"})
    says = "Carol set it above 5%. Lists that Carol sends in are held beyond 5% until a colleague"
    assert says in shown(browser, at)
    assert "I agree to this share" not in shown(browser, f"{at}edit/")
    colleague = actors.signed_in(mina)
    assert "I agree to this share" in shown(colleague, f"{at}edit/")

    colleague.post(f"{at}edit/", {**answers, "brake_share": "50", "agrees_to_share": "on"})

    assert "set it above" not in shown(browser, at)
    births.refresh_from_db()
    assert (births.brake_share, births.share_raised_by_id) == (50, None)


def test_a_share_is_refused_beside_its_question_while_a_list_is_held(
    births: Source, browser: Client, carol: Actor
) -> None:
    sent(births, csv_of(rows(100)), carol, as_at=EARLIER)
    sent(births, csv_of(rows(50)), carol)

    answer = browser.post(
        f"{AT}{births.key}/edit/",
        {
            "name": "Births", "supplier": "Registrars", "lawful_basis": "Section 436A",
            "stale_after_months": "12", "brake_share": "50", "keep_days": "28",
        },
    )  # fmt: skip

    assert answer.status_code == 422
    assert "Accept it or turn it away, then change it" in answer.content.decode()


@pytest.mark.parametrize(("name", "captions"), [("Births", 0), ("births", 0), ("Registrars’", 1)])
def test_the_kind_of_a_source_is_said_where_its_name_does_not_say_it(
    browser: Client, carol: Actor, name: str, captions: int
) -> None:
    text = shown(browser, f"{AT}{a_source(carol, name).key}/")

    assert text.count('<span class="onroll-caption">Births') == captions
