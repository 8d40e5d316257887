"""What is believed of a child themselves, and what was believed before."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.people import actions, queries
from onroll.office.people.models import Child, Particulars, Withdrawal, YearTaught
from tests.people.conftest import TODAY

Browse = Callable[[Actor], Client]
BORN, CORRECTED = date(2015, 4, 3), date(2015, 3, 4)


def dated_back(fact: Any, at: datetime) -> None:
    """Make a belief one of an earlier day, as it is when the clock has gone on."""
    type(fact).objects.filter(pk=fact.pk).update(recorded_at=at)


@pytest.fixture
def yesterday() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select transaction_timestamp() - interval '1 day'")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def believed(child: Child) -> Particulars:
    return Particulars.objects.as_known().get(child=child)


def test_a_birth_date_corrected_today_is_what_it_was_as_known_yesterday(
    amelia: Child, alice: Actor, yesterday: datetime
) -> None:
    dated_back(believed(amelia), yesterday - timedelta(days=1))

    actions.change_details(
        child=amelia, version=None, born_on=CORRECTED, birth_date_is="estimated",
        source="Passport seen", by=alice, on=TODAY,
    )  # fmt: skip

    then = queries.particulars_of([amelia.pk], known_at=yesterday)[amelia.pk]
    now = queries.particulars_of([amelia.pk])[amelia.pk]
    assert (then.born_on, then.birth_date_is) == (BORN, "exact")
    assert (now.born_on, now.birth_date_is, now.source) == (CORRECTED, "estimated", "Passport seen")
    amelia.refresh_from_db()
    assert (amelia.born_on, amelia.birth_date_is) == (CORRECTED, "estimated")


def test_a_death_recorded_today_was_not_known_yesterday(
    amelia: Child, alice: Actor, yesterday: datetime
) -> None:
    dated_back(believed(amelia), yesterday - timedelta(days=1))

    actions.change_details(
        child=amelia, version=None, died_on=date(2026, 1, 9), by=alice, on=TODAY
    )  # fmt: skip

    assert queries.spans(amelia.pk)[-1]["what"] == "died"
    assert queries.spans(amelia.pk, known_at=yesterday) == []


def test_saving_the_same_again_makes_no_new_belief(amelia: Child, alice: Actor) -> None:
    actions.change_details(child=amelia, version=None, sex=amelia.sex, by=alice, on=TODAY)

    assert Particulars.objects.filter(child=amelia).count() == 1


def test_how_an_unchanged_birth_date_is_known_can_be_added(amelia: Child, alice: Actor) -> None:
    said = "Birth certificate seen"

    actions.change_details(
        child=amelia, version=None, born_on=BORN, source=said, by=alice, on=TODAY
    )

    now = believed(amelia)
    assert (now.born_on, now.source) == (BORN, said)


def test_a_child_has_one_row_of_particulars_that_is_believed(amelia: Child) -> None:
    with pytest.raises(IntegrityError, match="a_childs_particulars_are_believed_once"):
        Particulars.objects.create(
            child=amelia, born_on=BORN, birth_date_is="exact", sex="U", starts_on=TODAY
        )


def test_loaded_children_have_particulars_and_languages_as_known_when_loaded(
    db: None, yesterday: datetime
) -> None:
    row = actions.ChildRow(
        "1", "Ola", "Nowak", BORN, BORN, sex="F", first_language="Polish", needs_interpreter=True,
        recorded_at=yesterday,
    )  # fmt: skip

    keys = actions.load_children([row], by=PROGRAM, on=TODAY)

    child = Child.objects.get(pk=keys["1"])
    assert queries.particulars_of([child.pk], known_at=yesterday)[child.pk].born_on == BORN
    assert queries.particulars_of([child.pk], known_at=yesterday - timedelta(days=1)) == {}
    (spoken,) = queries.languages(child, on=TODAY)
    assert (spoken.language, spoken.is_first, spoken.interpreter) == ("Polish", True, "child")


def test_particulars_of_many_are_asked_once(
    add: Callable[..., Child], django_assert_num_queries: Any
) -> None:
    children = [add(family_name=name).pk for name in ("Khan", "Novak", "Smith")]

    with django_assert_num_queries(1):
        assert queries.particulars_of(children).keys() == set(children)


def test_the_year_group_taught_ends_with_the_school_year(amelia: Child, alice: Actor) -> None:
    starts_on = date(2025, 9, 1)

    taught = actions.record_year_taught(
        child=amelia, year_group=4, starts_on=starts_on, by=alice, on=TODAY
    )

    assert taught.ends_on == date(2026, 8, 31)
    assert queries.years_taught([amelia.pk], date(2026, 8, 31)) == {amelia.pk: 4}
    assert queries.years_taught([amelia.pk], date(2026, 9, 1)) == {}
    assert queries.years_taught([amelia.pk], date(2025, 8, 31)) == {}


def test_a_year_group_taught_is_not_carried_into_the_next_school_year(
    amelia: Child, alice: Actor
) -> None:
    said = {"child": amelia, "year_group": 4, "by": alice, "on": TODAY}

    with pytest.raises(Faulty, match="31 August 2026"):
        actions.record_year_taught(**said, starts_on=date(2025, 9, 1), ends_on=date(2026, 9, 1))
    taught = actions.record_year_taught(**said, starts_on=date(2025, 9, 1))
    with pytest.raises(Faulty, match="31 August 2026"):
        actions.correct(
            fact=taught,
            child=amelia,
            because="Longer",
            ends_on=date(2027, 8, 31),
            by=alice,
            on=TODAY,
        )
    corrected = actions.correct(
        fact=taught, child=amelia, because="No last day given", ends_on=None, by=alice, on=TODAY
    )
    assert corrected.ends_on == date(2026, 8, 31)


def test_a_child_is_taught_in_one_year_group_at_a_time(amelia: Child, alice: Actor) -> None:
    said = {"child": amelia, "by": alice, "on": TODAY}
    actions.record_year_taught(**said, year_group=4, starts_on=date(2025, 9, 1))

    with pytest.raises(Faulty, match="Another year group"), transaction.atomic():
        actions.record_year_taught(**said, year_group=5, starts_on=date(2026, 1, 1))
    actions.record_year_taught(**said, year_group=5, starts_on=date(2026, 9, 1))

    assert YearTaught.objects.as_known().filter(child=amelia).count() == 2


def test_a_new_first_language_ends_the_one_before_and_another_stands_beside_it(
    amelia: Child, alice: Actor
) -> None:
    said = {"child": amelia, "by": alice, "on": TODAY}
    actions.record_language(
        **said, language="Polish", is_first=True, at_home=True, starts_on=date(2024, 1, 1)
    )
    actions.record_language(
        **said, language="Romani", interpreter="family", at_home=True, starts_on=date(2024, 1, 1)
    )

    actions.record_language(**said, language="English", is_first=True, starts_on=date(2026, 1, 1))

    def spoken(on: date) -> list[str]:
        return [x.language for x in queries.languages(amelia, on=on)]

    assert spoken(date(2025, 6, 1)) == ["Polish", "Romani"]
    assert spoken(date(2026, 6, 1)) == ["English", "Romani"]


def test_an_interpreter_may_be_needed_for_a_language_not_known_yet(
    amelia: Child, alice: Actor
) -> None:
    said = {"child": amelia, "by": alice, "on": TODAY, "starts_on": TODAY}

    with pytest.raises(Faulty, match="Enter the language"):
        actions.record_language(**said, language=" ")
    actions.record_language(**said, language="", interpreter="child")

    assert queries.interpreter_words(queries.languages(amelia, on=TODAY)) == ["Interpreter needed"]


def test_the_banner_says_for_what_and_whom_an_interpreter_is_needed(
    amelia: Child, alice: Actor
) -> None:
    said = {"child": amelia, "by": alice, "on": TODAY, "starts_on": date(2026, 1, 1)}
    actions.record_language(**said, language="Polish", is_first=True, interpreter="nobody")
    romani = actions.record_language(**said, language="Romani", interpreter="family")

    def needed() -> list[str]:
        head = queries.banner(amelia, by=alice, on=TODAY)
        return [flag.label for flag in head.flags]

    assert needed() == ["Interpreter needed for parents or carers: Romani"]
    actions.end_fact(fact=romani, child=amelia, ends_on=date(2026, 1, 2), by=alice, on=TODAY)
    assert needed() == []


def test_a_first_day_more_than_a_year_ahead_is_refused_as_mistyped(
    amelia: Child, alice: Actor
) -> None:
    with pytest.raises(Faulty, match="check the year"):
        actions.record_flag(
            child=amelia, flag="homeless", starts_on=date(2062, 1, 1), by=alice, on=TODAY
        )


def test_the_details_page_shows_what_was_believed_before_and_why_it_changed(
    amelia: Child, alice: Actor, browse: Browse
) -> None:
    browser, address = browse(alice), f"/children/{amelia.ref}/details/"
    typed = {
        "born_on_day": "4", "born_on_month": "3", "born_on_year": "2015", "birth_date_is": "exact",
        "sex": "F", "source": "Day and month were swapped", "version": str(amelia.version),
    }  # fmt: skip

    saved = browser.post(address, typed)
    shown = browser.get(address).content.decode()

    assert saved.status_code == 302
    assert "3 April 2015" in shown
    assert "Day and month were swapped" in shown


def test_languages_and_the_year_taught_are_kept_on_their_own_pages(
    amelia: Child, alice: Actor, browse: Browse
) -> None:
    browser = browse(alice)
    since = {"starts_on_day": "1", "starts_on_month": "9", "starts_on_year": "2025"}

    spoken = browser.post(
        f"/children/{amelia.ref}/languages/add/",
        {**since, "language": "Tigrinya", "is_first": "on", "at_home": "yes",
         "interpreter": "both", "source": "Told by the mother"},
    )  # fmt: skip
    taught = browser.post(f"/children/{amelia.ref}/years-taught/add/", {**since, "year_group": "4"})
    pages = [
        browser.get(f"/children/{amelia.ref}/{page}/").content.decode()
        for page in ("languages", "years-taught")
    ]

    assert (spoken.status_code, taught.status_code) == (302, 302)
    assert "Interpreter needed for child and carers: Tigrinya" in pages[0]
    assert "Told by the mother" in pages[0]
    assert "Year 4" in pages[1]
    assert (
        '<option value="Tigrinya">'
        in browser.get(f"/children/{amelia.ref}/languages/add/").content.decode()
    )


def test_why_a_fact_was_withdrawn_stays_in_its_history(
    amelia: Child, alice: Actor, browse: Browse
) -> None:
    flag = actions.record_flag(
        child=amelia, flag="homeless", starts_on=date(2025, 1, 1), by=alice, on=TODAY
    )

    browse(alice).post(
        f"/children/{amelia.ref}/flags/{flag.pk}/withdraw/", {"because": "It was another child"}
    )

    (before,) = queries.beliefs("flag", amelia, by=alice, on=TODAY)
    assert (before.why, before.withdrawn_by) == ("It was another child", "Alice")
    shown = browse(alice).get(f"/children/{amelia.ref}/flags/").content.decode()
    assert "It was another child" in shown


def test_why_a_fact_was_withdrawn_is_sealed_with_the_child(
    amelia: Child, alice: Actor, dave: Actor
) -> None:
    (home,) = queries.addresses(amelia, by=alice)
    actions.withdraw(fact=home, child=amelia, because="They live in Elm Road", by=alice, on=TODAY)

    actions.seal(child=amelia, reason="Threats", by=dave, on=TODAY)

    assert not Withdrawal.objects.exists()
    assert [b.why for b in queries.beliefs("address", amelia, by=alice, on=TODAY)] == []
    (before,) = queries.beliefs("address", amelia, by=dave, on=TODAY)
    assert before.why == "They live in Elm Road"
