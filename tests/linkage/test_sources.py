"""Which lists there are, and the list of each that a search may use."""

from datetime import date, timedelta

import pytest

from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Unknown
from onroll.office.linkage.actions import sources, sources_loads
from onroll.office.linkage.models import Source
from onroll.office.linkage.queries import sources as queries
from tests import actors
from tests.actors import TODAY
from tests.linkage.lists import a_source, csv_of, rows, sent

pytestmark = pytest.mark.django_db


def values(source: Source) -> dict[str, object]:
    fields = ("name", "kind", "supplier", "lawful_basis", "is_basis_checked", "stale_after_months",
              "agreement_ends_on", "brake_share", "keep_days")  # fmt: skip
    return {name: getattr(source, name) for name in fields}


def test_a_source_follows_its_kind_and_is_journalled(carol: Actor) -> None:
    source = a_source(carol, "Autumn census", "census")

    assert (source.key, source.evidence, source.stale_after_months) == (
        "autumn-census", "education", 5,
    )  # fmt: skip
    assert not source.is_basis_checked
    assert Event.objects.filter(verb="linkage.source_added").count() == 1


def test_another_list_chooses_what_it_shows(carol: Actor) -> None:
    assert a_source(carol, "Club", "other", evidence="education").evidence == "education"
    with pytest.raises(Faulty, match="what being on the list shows"):
        a_source(carol, "Club 2", "other")


def test_two_sources_of_one_name_are_refused_whatever_the_capitals(carol: Actor) -> None:
    a_source(carol, "Births")

    with pytest.raises(Faulty, match="There is a source of this name"):
        a_source(carol, "BIRTHS ")


def test_two_names_of_one_spelling_in_addresses_get_keys_of_their_own(carol: Actor) -> None:
    keys = [a_source(carol, name).key for name in ("Births!", "Births?", "Add", "Lists")]

    assert keys == ["births", "births-2", "add-2", "lists-2"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("brake_share", 0), ("brake_share", 101), ("keep_days", 29), ("stale_after_months", 61),
     ("supplier", " "), ("lawful_basis", ""), ("kind", "gossip")],
)  # fmt: skip
def test_what_cannot_be_so_is_said_beside_its_field(
    carol: Actor, field: str, value: object
) -> None:
    source = a_source(carol)

    with pytest.raises(Faulty) as refused:
        sources.change(source=source, by=carol, on=TODAY, **{**values(source), field: value})

    assert field in [name for name, _ in refused.value.faults]


def test_a_change_is_journalled_by_the_fields_that_changed(carol: Actor) -> None:
    source = a_source(carol)

    changed = sources.change(
        source=source, by=carol, on=TODAY, **{**values(source), "brake_share": 8}
    )
    sources.change(source=source, by=carol, on=TODAY, **values(changed))

    assert changed.brake_share == 8
    assert [e.data["fields"] for e in Event.objects.filter(verb="linkage.source_changed")] == [
        ["brake_share"]
    ]


def test_a_retired_source_takes_no_list_until_it_is_restored(carol: Actor) -> None:
    source = sources.retire(source=a_source(carol), by=carol, on=TODAY)

    with pytest.raises(Refused, match="is retired"):
        sent(source, csv_of(rows(30)), carol)
    restored = sources.restore(source=source, by=carol, on=TODAY)

    assert sent(restored, csv_of(rows(30)), carol).load.state == "applied"


def test_a_list_is_refused_after_the_agreement_and_taken_on_its_last_day(carol: Actor) -> None:
    source = a_source(carol, agreement_ends_on=TODAY)

    with pytest.raises(Refused, match=r"ended on 5 March 2026. Agree it again"):
        sent(source, csv_of(rows(30)), carol, on=TODAY + timedelta(days=1))

    assert sent(source, csv_of(rows(30)), carol).load.state == "applied"


@pytest.mark.parametrize("somebody", ["bob_in_schools", "mallory", "alice"])
def test_whoever_does_not_load_lists_keeps_no_source_and_sends_none(
    carol: Actor, somebody: str
) -> None:
    actor = (
        actors.person("Ada", "administrator")
        if somebody.startswith("bob")
        else getattr(actors, somebody)()
    )
    source = a_source(carol)

    with pytest.raises(Refused, match="does not load lists"):
        a_source(actor, "More")
    with pytest.raises(Refused, match="does not load lists"):
        sent(source, csv_of(rows(30)), actor)
    assert not Source.objects.visible_to(actor).exists()


@pytest.mark.parametrize(
    ("days", "key"),
    [(0, "fresh"), (203, "fresh"), (204, "going_stale"), (305, "going_stale"), (306, "stale")],
)
def test_a_list_grows_stale_by_the_day_for_which_it_was_true(
    carol: Actor, days: int, key: str
) -> None:
    source = a_source(carol, stale_after_months=10)
    load = sent(source, csv_of(rows(30)), carol)

    assert queries.freshness(source, load, TODAY + timedelta(days=days)).key == key


def test_the_current_lists_are_read_back_in_the_columns_of_the_contract(carol: Actor) -> None:
    births = a_source(carol)
    census = a_source(carol, "Census", "census")
    sent(births, csv_of(rows(30)), carol, as_at=date(2026, 3, 1))
    load = sent(census, csv_of(rows(25)), carol)
    a_source(carol, "Never sent")

    found = queries.current_lists(TODAY)

    assert [(x.name, x.evidence, x.count) for x in found] == [
        ("Census", "education", 25), ("Births", "residence", 30),
    ]  # fmt: skip
    assert found[0].load == load.pk
    table = found[1].rows()
    assert table.column_names[:4] == ["record_id", "upn", "nhs_number", "given_name"]
    assert table["record_id"][0].as_py() == "R0"
    assert table["nhs_number"].null_count == 30
    assert {str(kind) for kind in table.schema.types} == {"string"}


def test_a_destroyed_list_is_current_no_longer_and_no_older_one_takes_its_place(
    carol: Actor,
) -> None:
    source = a_source(carol)
    sent(source, csv_of(rows(30)), carol, as_at=date(2026, 3, 1))
    load = sent(source, csv_of(rows(31)), carol)

    sources_loads.destroy(load=load, by=carol, on=TODAY)

    assert queries.current_lists(TODAY) == []
    with pytest.raises(Unknown, match="no longer kept"):
        queries.read_again(load)


def test_a_list_is_current_until_its_last_day_and_not_after(carol: Actor) -> None:
    sent(a_source(carol, keep_days=10), csv_of(rows(30)), carol)

    assert len(queries.current_lists(TODAY + timedelta(days=10))) == 1
    assert queries.current_lists(TODAY + timedelta(days=11)) == []


@pytest.mark.parametrize(("days", "is_stale"), [(305, False), (306, True)])
def test_a_search_is_told_how_fast_each_list_grows_stale(
    carol: Actor, days: int, is_stale: bool
) -> None:
    source = a_source(carol, stale_after_months=10)
    load = sent(source, csv_of(rows(30)), carol)
    (current,) = queries.current_lists(TODAY)

    assert (days > current.stale_after_days) is is_stale
    later = queries.freshness(source, load, TODAY + timedelta(days=days))
    assert (later.key == "stale") is is_stale
