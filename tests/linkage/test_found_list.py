"""The list of whom a search found: its order, how it is narrowed, taken away, and who sees what."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.linkage.actions import answers
from onroll.office.linkage.actions.candidates import Found
from onroll.office.linkage.models import Candidate
from onroll.office.linkage.queries import candidates as queries
from onroll.office.linkage.queries import yields
from onroll.office.linkage.queries.candidates_names import is_called, ordinary, readable
from onroll.office.linkage.queries.candidates_order import SETTLED, is_settled
from onroll.office.people import actions as people_actions
from onroll.office.people.actions import sealing
from onroll.office.people.models import Child
from onroll.office.people.queries import find
from tests import actors
from tests.actors import TODAY
from tests.linkage.found import begun, done, lists, people, person, record
from tests.linkage.lists import a_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
AT = "/find-missing/found/"


@pytest.fixture
def carol() -> Actor:
    carol = actors.carol()
    lists(carol)
    return carol


@pytest.fixture
def officer() -> Client:
    return actors.signed_in(actors.alice())


def known(n: int) -> Child:
    """The nth person of the lists, as a child whom the office knows and who is in no education."""
    alice, told = actors.alice(), record(n)
    name = f"{told['given_name']} {told['family_name']}"
    return people_actions.add_child(
        searched=find(text=name, by=alice, on=TODAY).proof, given_names=told["given_name"] or "",
        family_name=told["family_name"] or "", born_on=date.fromisoformat(told["born_on"] or ""),
        by=alice, on=TODAY,
    )  # fmt: skip


def gone(n: int) -> Child:
    child = known(n)
    people_actions.conclude_whereabouts(
        child=child, conclusion="elsewhere", strength="confirmed", la_code="383",
        starts_on=date(2025, 9, 1), evidence="A school there", by=actors.alice(), on=TODAY,
    )  # fmt: skip
    return child


def someone(n: int, *, lives_here: float = 1.0, **more: object) -> Found:
    return replace(person(n, **more), lives_here=lives_here)


def order(of: Sequence[Candidate]) -> list[str]:
    return [one.evidence.name for one in lines(of) if one.evidence]


def lines(of: Sequence[Candidate]) -> list[queries.Line]:
    return queries.lines_of(of, by=actors.alice(), on=TODAY)


def name(n: int) -> str:
    return f"{record(n)['given_name']} {record(n)['family_name']}"


def shown(browser: Client, path: str = AT) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def rows_of(text: str) -> list[str]:
    return re.findall(
        r'<th scope="row"><a href="/find-missing/found/[0-9A-Z][^>]*>([^<]*)</a>', text
    )


def test_whom_nobody_knows_stand_first_and_whom_the_office_has_settled_last(
    carol: Actor, officer: Client
) -> None:
    gone(3)
    known(4)
    done(carol, [
        someone(1, probability=0.5), someone(2, lives_here=0.4), someone(3), someone(4),
        someone(5, lives_here=0.9),
    ])  # fmt: skip

    assert rows_of(shown(officer)) == [name(5), name(2), name(1), name(4), name(3)]


def test_a_list_is_narrowed_by_who_is_known_here_and_by_where_they_stand(
    carol: Actor, officer: Client
) -> None:
    gone(3)
    known(4)
    done(carol, [someone(1), someone(3), someone(4)])

    found = {
        key: rows_of(shown(officer, f"{AT}?known={key}"))
        for key in ("no", "yes", "look", "settled", "left_area", "missing_education")
    }

    assert found == {
        "no": [name(1)], "yes": [name(4), name(3)], "look": [name(1), name(4)],
        "settled": [name(3)], "left_area": [name(3)], "missing_education": [name(4)],
    }  # fmt: skip
    assert "Yes: has left the area" in shown(officer)
    assert "Yes: detained" not in shown(officer)


def test_whoever_left_and_came_newly_onto_the_lists_is_to_be_looked_at(carol: Actor) -> None:
    gone(3)
    done(carol, [someone(3, cause="newly_arrived")])

    (group,) = queries.groups(carol)

    assert (group.to_look_at, group.settled) == (1, 0)


def test_one_candidate_is_settled_as_the_database_says(carol: Actor) -> None:
    gone(3)
    gone(5)
    known(4)
    done(carol, [someone(1), someone(3), someone(4), someone(5, cause="newly_arrived")])

    by_database = set(Candidate.objects.filter(SETTLED).values_list("pk", flat=True))

    assert len(by_database) == 1
    assert by_database == {one.pk for one in Candidate.objects.all() if is_settled(one)}


def test_what_is_expected_speaks_of_the_names_to_look_at_alone(carol: Actor) -> None:
    for n in range(6, 12):
        gone(n)
    unknown = [someone(n, probability=0.2) for n in range(4)]
    done(carol, [*unknown, *(someone(n, probability=0.9) for n in range(6, 12))])
    # Whoever is known to have left is put among those who moved away; here all are of one cause.
    Candidate.objects.update(cause="moved_away")

    ((group, before),) = yields.with_yields(queries.groups(carol), carol)
    settled = list(queries.shown_to(carol, {"known": "settled"}))
    answers.not_missing(candidates=settled, reason="moved_away", note="", by=carol, on=TODAY)
    ((_, after),) = yields.with_yields(queries.groups(carol), carol)

    assert (group.waiting, group.to_look_at, group.settled) == (10, 4, 6)
    assert before.share == pytest.approx(0.2)
    # That six who were known to have left had left says nothing of the other four.
    assert after == before
    outlook = yields.outlook([(group, before)])
    assert (outlook.to_look_at, outlook.settled, outlook.missing) == (4, 6, pytest.approx(0.8))


def test_a_seal_changes_nothing_of_what_is_counted_as_settled(carol: Actor) -> None:
    child = gone(3)
    done(carol, [someone(3), someone(1)])
    alice = actors.alice()
    answers.not_missing(
        candidates=list(queries.shown_to(alice, {})), reason="moved_away", note="", by=alice,
        on=TODAY,
    )  # fmt: skip
    before = yields.with_yields(queries.groups(alice), alice)

    sealing.seal(child=child, reason="Fled from violence", by=actors.dave(), on=TODAY)

    assert Candidate.objects.filter(is_sealed=True).count() == 1
    assert yields.with_yields(queries.groups(alice), alice) == before


def test_both_shares_stand_in_the_list_and_in_the_file(carol: Actor, officer: Client) -> None:
    child = gone(3)
    done(carol, [someone(3, probability=0.75, lives_here=0.31)])

    text = shown(officer)
    file = officer.get(f"{AT}list.csv").content.decode("utf-8-sig")

    assert 'data-label="In no education list" class="onroll-num">75%' in text
    assert 'data-label="Lives here still" class="onroll-num">31%' in text
    (row,) = csv.DictReader(io.StringIO(file, newline=""))
    assert (row["In no education list"], row["Lives here"]) == ("0.75", "0.31")
    assert row["Probably the known child"] == child.ref
    assert row["Name of the known child"] == str(child)
    assert row["Standing of the known child"] == "Left the area, confirmed"


def test_a_list_is_narrowed_by_who_still_lives_here(carol: Actor, officer: Client) -> None:
    done(carol, [someone(1, lives_here=0.9), someone(2, lives_here=0.4)])

    assert rows_of(shown(officer, f"{AT}?here=50")) == [name(1)]


def test_pages_and_counts_agree_with_the_filters(carol: Actor, officer: Client) -> None:
    done(carol, [*people(45), *people(8, 50, cause="weak_link")])

    pages = [shown(officer, f"{AT}?cause=never_seen&page={n}") for n in (1, 2)]

    assert [len(rows_of(text)) for text in pages] == [40, 5]
    assert all("45 children" in text for text in pages)
    assert "cause=never_seen" in pages[0].partition("onroll-pages")[2]


def test_a_name_is_looked_for_without_standing_in_an_address(carol: Actor, officer: Client) -> None:
    done(carol, [*people(12), person(20, given_name="Zoë", family_name="MC DONALD")])

    for typed in ("zoe", "McDonald Zo", "donald"):
        page = officer.post(f"{AT}?cause=never_seen", {"name": typed})
        assert rows_of(page.content.decode()) == ["Zoë Mc Donald"], typed
        assert f"name={typed}" not in page.content.decode()
    nobody = officer.post(f"{AT}?cause=weak_link", {"name": "zoe"}).content.decode()
    assert "Nobody of that name is on this list." in nobody
    assert len(rows_of(shown(officer, f"{AT}?name=zoe"))) == 13


def test_a_name_that_is_looked_for_leads_to_no_sealed_child(carol: Actor, officer: Client) -> None:
    child = known(3)
    done(carol, people(5))
    sealing.seal(child=child, reason="Fled from violence", by=actors.dave(), on=TODAY)

    text = officer.post(AT, {"name": name(3)}).content.decode()
    nobody = officer.post(AT, {"name": "Nobody Atall"}).content.decode()

    assert rows_of(text) == []
    assert text.count("Nobody of that name") == nobody.count("Nobody of that name") == 1


def test_ages_between_which_nobody_is_are_refused_in_words(carol: Actor, officer: Client) -> None:
    done(carol, people(3))

    text = shown(officer, f"{AT}?youngest=15&oldest=7")

    assert "Choose 15 or more, or a lower “Age from”" in text
    assert "Choose 15" not in shown(officer, f"{AT}?youngest=7&oldest=7")


def test_only_lists_of_who_lives_here_are_offered_as_a_filter(
    carol: Actor, officer: Client
) -> None:
    a_source(carol, "GP register", "health")
    done(carol, people(1))

    text = shown(officer)

    assert '<option value="gp-register">' in text
    assert '<option value="autumn-census">' not in text


def test_while_the_first_search_runs_pages_say_so(carol: Actor, officer: Client) -> None:
    begun(carol)

    for path in (AT, "/find-missing/"):
        text = shown(officer, path)
        assert "A search is going on." in text
        assert "No search has been run." not in text


def test_the_list_is_printed_as_it_is_narrowed_and_the_journal_says_so(
    carol: Actor, officer: Client
) -> None:
    done(carol, [*people(3), *people(2, 6, cause="weak_link")])

    text = shown(officer, f"{AT}print/?cause=weak_link")

    assert [name(n) in text for n in (0, 1, 2, 6, 7)] == [False, False, False, True, True]
    assert "2 children who wait for an answer" in text
    assert "Likely cause: Perhaps on a roll under other details" in text
    assert "a score never decides alone" in text
    event = Event.objects.get(verb="linkage.candidates_exported")
    assert event.data == {"count": 2, "cause": "weak_link"}


@pytest.mark.parametrize("role", ["analyst", "strategic_lead"])
def test_whoever_sees_figures_alone_is_told_so_and_shown_no_name(carol: Actor, role: str) -> None:
    done(carol, people(6))
    browser = actors.signed_in(actors.person("Fay", role))

    answer = browser.get(AT)
    text = answer.content.decode()

    assert answer.status_code == 403
    assert "Your role does not answer for children whom the search found." in text
    assert "6 names to look at" in text
    for path in ("", "searches/", "how-well/"):
        text += shown(browser, f"/find-missing/{path}")
    assert not [n for n in range(6) if record(n)["family_name"] in text]
    one = Candidate.objects.first()
    assert one is not None
    for path in (f"{AT}list.csv", f"{AT}print/", f"{AT}{one.ref}/"):
        assert browser.get(path).status_code == 404


def test_whoever_has_nothing_to_do_with_searches_finds_no_list(carol: Actor) -> None:
    done(carol, people(1))

    answer = actors.signed_in(actors.person("Ada", "attendance_officer")).get(AT)

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("written", "expected"),
    [("EMILY", "Emily"), ("emily-rose o'neill", "Emily-Rose O'Neill"), ("MCNALLY", "McNally"),
     ("MACE", "Mace"), ("MC", "Mc"), ("DeShawn", "DeShawn"), ("ŁUKASZ", "Łukasz"), ("A", "A"),
     ("MCKAY-SMITH", "McKay-Smith"), ("", "")],
)  # fmt: skip
def test_a_name_in_capitals_is_written_as_people_write_it(written: str, expected: str) -> None:
    assert ordinary(written) == expected


def written(given: str, family: str, as_at: str = "2026-09-01") -> dict[str, str | None]:
    return {"given_name": given, "family_name": family, "as_at": as_at}


def test_a_child_is_called_what_most_lists_say_and_of_equals_the_newest() -> None:
    changed_over = written("Haydock", "EMILY", "2026-10-01")
    two = [written("Emily", "HAYDOCK"), written("Emiyl", "Haydock", "2026-09-30")]
    nearest = written("Emily", "Haydock")

    assert readable([changed_over, *two, written("EMILY", "Haydock")]) == "Emily Haydock"
    assert readable([written("Lucy", "Old"), written("Lucy", "New", "2026-09-02")]) == "Lucy New"
    assert readable([changed_over], nearest) == "Emily Haydock"
    assert readable([written("Emily", "Haydock")], written("Haydock", "Emily")) == "Haydock Emily"
    assert readable([written("James", "Lee")], written("James", "Lee")) == "James Lee"
    assert readable([written("", "")]) == ""


def test_a_typed_name_begins_the_names_of_one_record_whatever_their_order() -> None:
    records = [written("Mohammed Ali", "Khan"), written("Sara", "O'Neill")]

    assert is_called(records, "khan moham")
    assert is_called(records, "Muhammad")
    assert is_called(records, "oneill")
    assert not is_called(records, "sara khan")
    assert not is_called(records, "hammed")
