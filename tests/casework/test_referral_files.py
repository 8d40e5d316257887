"""Files of referrals: whole or not at all, every fault named by row and column."""

import pytest

from onroll.office.casework.loaders.referrals import LOADERS
from onroll.office.casework.models import Referral
from onroll.office.intake import actions as intake
from onroll.office.intake import kinds
from onroll.office.intake.models import Load
from onroll.office.kernel.decision import Refused
from tests import actors
from tests.casework.referral_answers import TODAY, a_school

LEAVERS, REFERRALS, ADMISSIONS = LOADERS


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loaders, whether or not the package has entered them by itself."""
    for loader in LOADERS:
        monkeypatch.setitem(kinds._loaders, loader.key, loader)


def _row(loader, number: int, **cells: str) -> dict[str, str]:
    """The template's example made into child number so-and-so."""
    row = {column.key: column.example for column in loader.columns}
    return {**row, "given_names": f"Child {number}", "school": "999/2001", **cells}


def _file(loader, rows: list[dict[str, str]]) -> bytes:
    names = [column.name for column in loader.columns]
    lines = [",".join(f'"{name}"' for name in names)]
    lines += [",".join(f'"{row[c.key]}"' for c in loader.columns) for row in rows]
    return "\n".join(lines).encode()


def _load(loader, rows, by) -> Load:
    content = _file(loader, rows)
    return intake.receive(
        loader=loader.key, filename="rows.csv", content=content, by=by, on=TODAY, force=True
    )


def _ten(loader, **changed: dict[str, str]):
    return [_row(loader, n, **changed.get(f"row_{n}", {})) for n in range(1, 11)]


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.key)
def test_a_file_of_ten_becomes_ten_referrals(db, loader):
    a_school()
    carol = actors.carol()
    dates = {
        "last_attended_on": "20/02/2026", "aware_on": "25/02/2026", "starts_on": "01/03/2026"
    }  # fmt: skip
    rows = [{**row, **{k: v for k, v in dates.items() if k in row}} for row in _ten(loader)]

    applied = intake.apply(load=_load(loader, rows, carol), by=carol, on=TODAY)

    assert applied.state == "applied"
    assert Referral.objects.filter(route="file", form=loader.key.split(".")[1][:-1]).count() == 10
    first = Referral.objects.order_by("pk").first()
    assert first.school.estab == "2001"
    assert first.carers[0]["name"] == "Grace Example"


FAULTS = {
    "row_3": {"born_on": "31/02/2015"},
    "row_7": {"school": "Nowhere School", "upn": ""},
}


def test_two_faulty_rows_refuse_the_whole_file_each_by_row_and_column(db):
    a_school()
    carol = actors.carol()
    rows = [{**row, "last_attended_on": "20/02/2026"} for row in _ten(LEAVERS, **FAULTS)]

    refused = _load(LEAVERS, rows, carol)

    assert refused.state == "refused"
    faults = {(fault["row"], fault["column"]): fault["says"] for fault in refused.faults}
    assert (4, "Date of birth") in faults
    assert not Referral.objects.exists()
    rows[2]["born_on"] = "14/02/2015"
    still = _load(LEAVERS, rows, carol)
    assert [(fault["row"], fault["column"]) for fault in still.faults] == [(8, "School")]
    assert "Nowhere School" in still.faults[0]["says"]
    rows[6]["school"] = "999/2001"
    applied = intake.apply(load=_load(LEAVERS, rows, carol), by=carol, on=TODAY)
    assert applied.state == "applied"
    assert Referral.objects.count() == 10


def test_a_row_twice_and_a_day_to_come_are_faults(db):
    a_school()
    rows = [
        _row(LEAVERS, 1, last_attended_on="20/02/2026"),
        _row(LEAVERS, 1, last_attended_on="20/02/2026"),
        _row(LEAVERS, 2, last_attended_on="20/08/2026"),
    ]

    refused = _load(LEAVERS, rows, actors.carol())

    named = "Given names, Family name, Date of birth, School, Last attended"
    assert [(f["row"], f["column"]) for f in refused.faults] == [(3, named), (4, "Last attended")]


def test_a_row_with_an_empty_cell_is_told_of_its_other_faults_at_once(db):
    a_school()
    good = {"last_attended_on": "20/02/2026", "aware_on": "25/02/2026"}
    rows = [
        _row(REFERRALS, 1, **good),
        _row(REFERRALS, 1, **good, **{"reason": ""}),
        _row(REFERRALS, 2, **good | {"reason": "", "school": "Nowhere School"}),
        _row(REFERRALS, 3, **good | {"born_on": "31/02/2015", "aware_on": "20/08/2026"}),
    ]

    refused = _load(REFERRALS, rows, actors.carol())

    found = [(f["row"], f["column"]) for f in refused.faults]
    named = "Given names, Family name, Date of birth, School, Last attended, Became aware"
    assert sorted(found) == sorted([
        (3, "Why"), (3, named),
        (4, "Why"), (4, "School"),
        (5, "Date of birth"), (5, "Became aware"),
    ])  # fmt: skip


def test_two_children_of_one_name_and_two_reports_of_one_child_are_no_repeats(db):
    a_school()
    rows = [
        _row(LEAVERS, 1, last_attended_on="20/02/2026"),
        _row(LEAVERS, 1, last_attended_on="20/02/2026", born_on="15/02/2015"),
        _row(LEAVERS, 1, last_attended_on="19/02/2026"),
    ]

    assert _load(LEAVERS, rows, actors.carol()).state == "checked"


def test_a_file_that_is_sent_again_makes_no_referral_twice(db):
    a_school()
    carol = actors.carol()
    rows = [{**row, "last_attended_on": "20/02/2026"} for row in _ten(LEAVERS)]
    intake.apply(load=_load(LEAVERS, rows, carol), by=carol, on=TODAY)

    again = _load(LEAVERS, [*rows, _row(LEAVERS, 11, last_attended_on="20/02/2026")], carol)
    assert again.differences["counts"] == {"New referrals": 1, "Received before": 10}
    intake.apply(load=again, by=carol, on=TODAY)

    assert Referral.objects.count() == 11


def test_a_file_is_undone_only_while_its_referrals_are_untouched(db):
    a_school()
    carol = actors.carol()
    rows = [{**row, "last_attended_on": "20/02/2026"} for row in _ten(LEAVERS)]
    load = intake.apply(load=_load(LEAVERS, rows, carol), by=carol, on=TODAY)
    Referral.objects.filter(given_names="Child 4").update(version=2)

    with pytest.raises(Refused, match="worked on since"):
        intake.undo(load=load, by=carol, on=TODAY)
    assert Referral.objects.count() == 10
    Referral.objects.update(version=1)
    assert intake.undo(load=load, by=carol, on=TODAY).state == "undone"

    assert not Referral.objects.exists()


def test_every_example_of_a_template_can_be_read(db):
    for loader in LOADERS:
        for column in loader.columns:
            if column.example:
                column.parse(column.example)


def test_a_person_who_takes_no_referrals_loads_none(db):
    with pytest.raises(Refused):
        _load(LEAVERS, _ten(LEAVERS), actors.bob())
