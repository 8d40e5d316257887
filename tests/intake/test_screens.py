"""The screens of files, for who may and for who may not."""

import csv
import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from onroll.office.accounts.models import Locality
from onroll.office.intake import actions, kinds, writing
from onroll.office.intake.kinds import Loader
from onroll.office.intake.models import Load
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Refused
from tests import actors
from tests.actors import TODAY


@pytest.fixture
def browser(mina: Actor) -> Client:
    return actors.signed_in(mina)


def upload(browser: Client, content: bytes, name: str = "places.csv", **more: str) -> Load:
    answer = browser.post(
        "/files/send/test.places/", {"file": SimpleUploadedFile(name, content), **more}
    )
    assert answer.status_code == 302, answer.content.decode()
    return Load.objects.latest("pk")


def test_a_file_is_sent_in_looked_at_applied_and_undone(places: Loader, browser: Client) -> None:
    load = upload(browser, b"Name\nEast\nWest\n")
    shown = browser.get(f"/files/{load.pk}/").content.decode()
    assert "Localities added" in shown
    assert "Apply the file" in shown

    browser.post(f"/files/{load.pk}/apply/")
    assert Locality.objects.count() == 2
    assert "Undo" in browser.get(f"/files/{load.pk}/").content.decode()

    browser.post(f"/files/{load.pk}/undo/")
    assert Locality.objects.count() == 0
    assert "places.csv" in browser.get("/files/?state=undone").content.decode()


def test_faults_are_shown_by_row_and_given_as_csv(places: Loader, browser: Client) -> None:
    load = upload(browser, b"Name,Since\n=cmd,31/02/2026\n")

    shown = browser.get(f"/files/{load.pk}/").content.decode()
    given = browser.get(f"/files/{load.pk}/faults.csv")

    assert "refused and nothing was changed" in shown
    rows = list(csv.reader(io.StringIO(given.content.decode("utf-8-sig"))))
    assert rows[1][:2] == ["2", "Since"]


def test_a_40_megabyte_file_is_refused_on_the_form(places: Loader, browser: Client) -> None:
    big = SimpleUploadedFile("big.csv", b"x" * (40 * 1024 * 1024))

    answer = browser.post("/files/send/test.places/", {"file": big})

    assert answer.status_code == 422
    assert "choose one of 20 MB or less" in answer.content.decode()
    assert "at most 20 MB" in answer.content.decode()
    assert not Load.objects.exists()


def test_the_same_file_again_can_be_forced_from_the_form(places: Loader, browser: Client) -> None:
    first = upload(browser, b"Name\nEast\n")

    assert upload(browser, b"Name\nEast\n").state == "refused"
    assert upload(browser, b"Name\nEast\n", force="on").state == "checked"
    assert first.state == "checked"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_filled_with_its_example_reads_back(
    places: Loader, browser: Client, mina: Actor, form: str
) -> None:
    given = browser.get(f"/files/template/test.places.{form}")
    assert given.headers["Content-Disposition"].startswith("attachment")

    load = actions.receive(
        loader=places.key, filename=f"t.{form}", content=given.content, by=mina, on=TODAY
    )

    assert load.faults[0]["says"] == "The file has a header but no rows."


def test_the_notes_of_a_template_name_every_column(places: Loader) -> None:
    book = load_workbook(io.BytesIO(writing.template_xlsx(places)))

    assert [cell.value for cell in book["Rows"][1]] == ["Name", "Since"]
    assert "Day first." in [cell.value for cell in book["Notes"]["C"]]


@pytest.mark.parametrize(
    "path", ["", "apply/", "undo/", "faults.csv"], ids=["file", "apply", "undo", "faults"]
)
def test_who_may_not_load_such_files_finds_none(places: Loader, mina: Actor, path: str) -> None:
    load = actions.receive(
        loader=places.key, filename="p.csv", content=b"Name\nEast\n", by=mina, on=TODAY
    )
    for stranger in (actors.alice(), actors.mallory()):
        browser = actors.signed_in(stranger)
        method = browser.post if path == "apply/" else browser.get

        assert method(f"/files/{load.pk}/{path}").status_code == 404
    assert not Locality.objects.exists()


def test_who_may_not_load_such_files_cannot_send_one_in(places: Loader, db: None) -> None:
    browser = actors.signed_in(actors.alice())

    assert browser.get("/files/send/test.places/").status_code == 404
    assert browser.get("/files/template/test.places.csv").status_code == 404
    assert "Places" not in browser.get("/files/send/").content.decode()


@pytest.fixture
def sent_by_schools(places: Loader, monkeypatch: pytest.MonkeyPatch) -> Loader:
    """A kind of file that schools send in and apply themselves."""
    theirs = replace(places, permission="referrals.take")
    monkeypatch.setitem(kinds._loaders, theirs.key, theirs)
    return theirs


def send(loader: Loader, by: Actor) -> Load:
    return actions.receive(
        loader=loader.key, filename="elm.csv", content=b"Name\nEast\n", by=by, on=TODAY
    )


def test_a_school_finds_no_file_that_somebody_else_sent_in(
    sent_by_schools: Loader, mina: Actor
) -> None:
    sam, mallory = actors.person("Sam", "school_user"), actors.mallory()
    load = send(sent_by_schools, sam)

    for actor, may in ((sam, True), (mina, True), (mallory, False)):
        browser = actors.signed_in(actor)
        assert ("elm.csv" in browser.get("/files/").content.decode()) is may
        for path in ("", "faults.csv"):
            assert browser.get(f"/files/{load.pk}/{path}").status_code == (200 if may else 404)
    browser = actors.signed_in(mallory)
    assert browser.post(f"/files/{load.pk}/apply/").status_code == 404
    assert browser.post(f"/files/{load.pk}/undo/").status_code == 404
    with pytest.raises(Refused, match="sent this file in"):
        actions.apply(load=load, by=mallory, on=TODAY)
    assert actions.apply(load=load, by=sam, on=TODAY).state == "applied"


def test_that_a_file_was_sent_in_before_names_nobody_to_who_may_not_see_it(
    sent_by_schools: Loader, mina: Actor
) -> None:
    send(sent_by_schools, actors.person("Sam", "school_user"))

    said = {by.name: send(sent_by_schools, by).faults[0]["says"] for by in (mina, actors.mallory())}

    assert "by Sam" in said["Mina"]
    assert said["Mallory"].startswith("This very file was sent in before.")
