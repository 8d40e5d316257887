"""The screens of migrations: what a coordinator sees and does, and who may not."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from onroll.office.exchange.models import Migration
from onroll.office.people.models import Child
from onroll.office.web import navigation
from tests import actors
from tests.exchange import exports
from tests.exchange.conftest import Migrate


@pytest.fixture(autouse=True)
def by_themselves(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = "tests.exchange.urls"
    settings.WHITENOISE_AUTOREFRESH = True
    settings.ONROLL_REQUIRE_MFA = False
    settings.SECURE_SSL_REDIRECT = False
    way = navigation.Way("Migrations", "exchange:migrations", 65)
    monkeypatch.setattr(navigation, "_ways", {way.url_name: way})


@pytest.fixture
def folder(tmp_path: Path, school: object) -> Path:
    return exports.export(tmp_path / "exports", of=12, with_cases=8)


@pytest.fixture
def migration(migrate: Migrate, folder: Path) -> Migration:
    exports.change(folder, "roll", 9, School_URN="=SUM(A1)")
    migrate(leaves_out=True)
    return Migration.objects.get()


def test_the_list_and_the_page_show_counts_and_what_has_no_place(migration: Migration) -> None:
    carol = actors.signed_in(actors.carol())

    listed = carol.get("/exchange/migrations/").content.decode()
    shown = carol.get(f"/exchange/migrations/{migration.ref}/").content.decode()

    assert migration.ref in listed
    assert "Former system" in listed
    assert "roll.csv" in shown
    assert "No school here is =SUM(A1)." in shown
    assert "Undo this migration" in shown


def test_the_list_of_what_has_no_place_downloads_as_a_harmless_sheet(migration: Migration) -> None:
    carol = actors.signed_in(actors.carol())

    sheet = carol.get(f"/exchange/migrations/{migration.ref}/not-placed.csv")

    lines = sheet.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "File,Row,Column,Why,What to do"
    assert lines[1].startswith("roll.csv,11,School,No school here is =SUM(A1).")
    assert sheet["Content-Disposition"].startswith("attachment")


def test_undoing_asks_once_more_and_takes_everything_back(migration: Migration) -> None:
    carol = actors.signed_in(actors.carol())

    asked = carol.get(f"/exchange/migrations/{migration.ref}/undo/").content.decode()
    done = carol.post(f"/exchange/migrations/{migration.ref}/undo/", follow=True)

    assert "If later work stands on any of it" in asked
    assert "was undone" in done.content.decode()
    assert not Child.objects.exists()


@pytest.mark.parametrize("page", ["", "{ref}/", "{ref}/undo/", "{ref}/not-placed.csv",
                                  "template/children.csv"])  # fmt: skip
def test_whoever_does_not_apply_files_finds_no_migrations(migration: Migration, page: str) -> None:
    address = f"/exchange/migrations/{page.format(ref=migration.ref)}"

    for actor in (actors.alice(), actors.mallory()):
        assert actors.signed_in(actor).get(address).status_code == 404
    assert actors.signed_in(actors.carol()).get(address).status_code == 200


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_layout_has_a_template(migration: Migration, form: str) -> None:
    carol = actors.signed_in(actors.carol())

    for key in ("children", "case_history", "codes", "totals", "decisions"):
        assert carol.get(f"/exchange/migrations/template/{key}.{form}").status_code == 200
    assert carol.get(f"/exchange/migrations/template/nothing.{form}").status_code == 404
