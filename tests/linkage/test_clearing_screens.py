"""The screens of searches and of clearing, as an officer goes through them."""

import csv
import io
import re

import pytest
from django.test import Client

from onroll.office.casework.models import Referral
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.linkage.actions import runs
from onroll.office.linkage.models import Answer, Candidate, Run
from onroll.office.linkage.queries import candidates as queries
from tests import actors
from tests.linkage.found import begun, done, lists, people, person, record
from tests.linkage.lists import a_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
AT = "/find-missing/"
DAY = {"as_at_day": "5", "as_at_month": "3", "as_at_year": "2026"}


@pytest.fixture
def carol() -> Actor:
    carol = actors.carol()
    lists(carol)
    return carol


@pytest.fixture
def officer() -> Client:
    return actors.signed_in(actors.alice())


def shown(browser: Client, path: str) -> str:
    answer = browser.get(f"{AT}{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def waiting() -> list[Candidate]:
    return list(queries.shown_to(actors.alice(), {}))


def test_an_empty_office_is_told_what_to_do_first(officer: Client) -> None:
    coordinator = actors.signed_in(actors.carol())

    assert "no list of children who are being educated" in shown(coordinator, "")
    assert "A search cannot begin." in shown(coordinator, "search/")
    assert "No search has been run." in shown(officer, "found/")
    assert "Nobody whom a search found" in shown(coordinator, "may-be-sealed/")
    assert "Nothing is answered yet." in shown(coordinator, "how-well/")


def test_a_search_is_asked_for_followed_and_stopped(carol: Actor) -> None:
    browser = actors.signed_in(carol)

    asked = browser.post(f"{AT}search/", DAY)
    run = Run.objects.get()
    page = browser.get(asked["Location"])

    assert page.headers["Refresh"] == "4"
    assert "Refresh" not in browser.get(f"{asked['Location']}?still=yes").headers
    assert "It begins within seconds" in page.content.decode()
    browser.post(f"{AT}searches/{run.pk}/stop/")
    assert "It was stopped before it began." in shown(browser, f"searches/{run.pk}/")


def test_a_second_search_is_refused_in_words(carol: Actor) -> None:
    browser = actors.signed_in(carol)
    browser.post(f"{AT}search/", DAY)

    assert browser.post(f"{AT}search/", DAY).status_code == 403
    assert "is going on already" in shown(browser, "search/")


def test_a_search_shows_how_far_it_is_and_a_failed_one_what_to_do(carol: Actor) -> None:
    browser = actors.signed_in(carol)
    run = begun(carol)
    runs.tell_progress(run, "Comparing records", 0.25)

    assert "Comparing records" in shown(browser, f"searches/{run.pk}/")
    assert "25%" in shown(browser, f"searches/{run.pk}/")
    runs.settle(by=PROGRAM)
    assert "ran out of memory" in shown(browser, f"searches/{run.pk}/")
    assert "Search again" in shown(browser, f"searches/{run.pk}/")


def test_forty_are_ticked_confirmed_recorded_and_taken_back(carol: Actor, officer: Client) -> None:
    done(carol, people(40, cause="moved_away"))
    refs = [one.ref for one in waiting()]

    text = shown(
        officer, f"found/answer/?back=cause=moved_away&{'&'.join(f'found={r}' for r in refs)}"
    )
    assert "Record it for 40 children" in text
    assert not Answer.objects.exists()
    sent = {"found": refs, "reason": "moved_away", "note": "", "back": "cause=moved_away"}
    after = officer.post(f"{AT}found/answer/", sent)
    back = officer.get(after["Location"]).content.decode()

    assert after["Location"].startswith(f"{AT}found/?cause=moved_away&undo=")
    assert "40 answers were recorded together" in back
    batch = re.search(r'name="batch" value="([^"]+)"', back)
    assert batch is not None
    officer.post(f"{AT}found/take-back/", {"batch": batch[1]})
    assert len(waiting()) == 40


def test_nobody_ticked_and_no_reason_are_said_beside_the_question(
    carol: Actor, officer: Client
) -> None:
    done(carol, people(1))
    (one,) = waiting()

    assert "Nobody is ticked" in shown(officer, "found/answer/")
    refused = officer.post(f"{AT}found/{one.ref}/answer/", {})
    assert refused.status_code == 422
    assert "Select why they are not missing education" in refused.content.decode()
    other = officer.post(f"{AT}found/{one.ref}/answer/", {"reason": "other"})
    assert "Write down the reason" in other.content.decode()


def test_an_address_to_go_back_to_leads_nowhere_else(carol: Actor, officer: Client) -> None:
    done(carol, people(1))
    sent = {"reason": "died", "back": "next=https://evil.example&cause=../../"}

    after = officer.post(f"{AT}found/{waiting()[0].ref}/answer/", sent)

    assert after["Location"].startswith(f"{AT}found/?undo=")


def test_one_is_looked_into_and_its_page_leads_to_the_referral(
    carol: Actor, officer: Client
) -> None:
    done(carol, people(1))
    (one,) = waiting()

    assert "goes to triage" in shown(officer, f"found/{one.ref}/look-into/")
    officer.post(f"{AT}found/{one.ref}/look-into/", {"why": "Seen in the park"})
    again = officer.post(f"{AT}found/{one.ref}/look-into/", {"why": "Seen in the park"})

    told = Referral.objects.get()
    assert again.status_code == 302
    assert f"/referrals/{told.ref}/given/" in shown(officer, f"found/{one.ref}/")
    assert officer.get(f"/referrals/{told.ref}/given/").status_code == 200


@pytest.mark.parametrize(
    ("narrowed", "left"),
    [("cause=never_seen", 6), ("cause=moved_away", 0), ("area=ZZ1", 1), ("least=90", 0),
     ("source=gp-register", 6), ("source=births", 0), ("youngest=14", 2), ("oldest=13", 4),
     ("answered=any", 0)],
)  # fmt: skip
def test_a_list_is_narrowed(carol: Actor, officer: Client, narrowed: str, left: int) -> None:
    a_source(carol, "GP register", "health")
    done(carol, people(6))

    text = shown(officer, f"found/?{narrowed}")

    assert len(re.findall(r'<th scope="row"><a href="/find-missing/found/', text)) == left


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_a_list_leaves_as_a_file_that_is_journalled_and_runs_no_formula(
    carol: Actor, officer: Client, sign: str
) -> None:
    a_source(carol, f"{sign}cmd()", "health")
    done(carol, people(2, given_name=f"{sign}cmd()", house=f"{sign}1", key="cmd"))

    file = officer.get(f"{AT}found/list.csv?cause=never_seen")

    assert file["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))
    assert ["Cmd() " in row[4] for row in rows[1:]] == [True, True]
    formulas = (sign, "=", "+", "-", "@", "＝")
    assert not [cell for row in rows for cell in row if cell.startswith(formulas)]
    event = Event.objects.get(verb="linkage.candidates_exported")
    assert event.data == {"count": 2, "cause": "never_seen"}


def test_a_referral_made_by_mistake_is_taken_back_from_the_page_of_the_child(
    carol: Actor, officer: Client
) -> None:
    done(carol, people(1))
    (one,) = waiting()
    officer.post(f"{AT}found/{one.ref}/look-into/", {"why": ""})
    page = shown(officer, f"found/{one.ref}/")
    batch = str(Answer.objects.get().batch)

    sent = officer.post(f"{AT}found/take-back/", {"batch": batch, "found": one.ref})

    assert "Take it back" in page
    assert sent.status_code == 302
    assert not Referral.objects.exists()
    assert "taken back by" in shown(officer, f"found/{one.ref}/")


def test_what_the_nearest_entry_says_otherwise_than_every_list_is_marked(
    carol: Actor, officer: Client
) -> None:
    near = record(0, source="Census", born_on="2012-02-02", postcode="zz14ab")
    done(carol, [person(0, nearest=near)])

    text = shown(officer, f"found/{waiting()[0].ref}/")

    assert "Census, perhaps this child" in text
    assert text.count(">Differs<") == 1


def test_a_sheet_to_print_says_that_a_score_never_decides_alone(
    carol: Actor, officer: Client
) -> None:
    done(carol, people(1))

    text = shown(officer, f"found/{waiting()[0].ref}/print/")

    assert "a score never decides alone" in text
    assert "Aminaa Archerson" in text


def test_how_well_the_search_does_hides_small_numbers_and_says_why_names_are_not_there(
    carol: Actor, officer: Client
) -> None:
    done(carol, people(9))
    found = waiting()
    officer.post(f"{AT}found/answer/", {"found": [one.ref for one in found[:6]], "reason": "died"})

    text = shown(actors.signed_in(carol), "how-well/")

    assert "A score never decides alone" in text
    assert "does not record where a name comes from" in text
    assert "Fewer than 5 known" in text
    assert officer.get(f"{AT}how-well/").status_code == 404
