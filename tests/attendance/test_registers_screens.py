"""The screens of registers, for who may and for who may not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onroll.office.attendance.models import RegisterFile
from onroll.office.kernel.actor import Actor
from onroll.office.schools.models import School
from tests import actors
from tests.attendance.registers import HEADER, MONDAY, day_of_marks, marks, pupil, sent
from tests.linkage.lists import csv_of, upn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
AT = "/attendance/registers/"


@pytest.fixture
def browser(officer: Actor) -> Client:
    return actors.signed_in(officer)


def shown(browser: Client, path: str = "") -> str:
    answer = browser.get(f"{AT}{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def upload(browser: Client, content: bytes, **more: str) -> RegisterFile:
    answer = browser.post(
        f"{AT}send/", {"file": SimpleUploadedFile("a.csv", content), "school": "", **more}
    )
    assert answer.status_code == 302, answer.content.decode()
    return RegisterFile.objects.latest("pk")


def test_an_empty_office_is_told_what_to_do_first(browser: Client, oak: School) -> None:
    assert "No registers yet" in shown(browser)
    assert "Never sent" in shown(browser, "feeds/")


def test_a_file_is_sent_in_looked_at_applied_and_taken_back(browser: Client, oak: School) -> None:
    child = pupil(1, oak)
    file = upload(browser, csv_of([*day_of_marks([1], oak), *day_of_marks([7], oak)], HEADER))
    page = shown(browser, f"{file.pk}/")
    assert "Ready to apply" in page
    assert "No child here has this UPN" in page
    assert upn(7) in page

    browser.post(f"{AT}{file.pk}/apply/")

    assert marks(oak) == {(child.ref, MONDAY): "/\\"}
    assert "Applied" in shown(browser)
    assert "Oak Academy" in shown(browser, f"?school={oak.pk}&state=applied")
    assert "No file is like that" in shown(browser, "?state=undone")
    browser.get(f"{AT}{file.pk}/take-back/")
    browser.post(f"{AT}{file.pk}/take-back/")
    assert marks(oak) == {}
    assert "Taken back" in shown(browser, f"{file.pk}/")


def test_columns_are_asked_on_a_page_and_what_is_lacking_is_said_there(
    browser: Client, oak: School
) -> None:
    pupil(1, oak)
    content = csv_of(day_of_marks([1], oak), ("Nummer", "Where", "When", "Half", "What"))
    file = upload(browser, content)
    said = dict(zip((f"column_{n}" for n in range(5)),
                    ("pupil_id", "school", "on", "session", "none"), strict=True))  # fmt: skip

    answer = browser.post(f"{AT}{file.pk}/columns/", {**said, "date_order": "dmy"})
    assert answer.status_code == 422
    assert "Say which column holds the code" in answer.content.decode()
    browser.post(f"{AT}{file.pk}/columns/", {**said, "column_4": "code", "date_order": "dmy"})

    assert "Ready to apply" in shown(browser, f"{file.pk}/")


def test_a_held_file_asks_why_and_may_be_turned_away(
    browser: Client, officer: Actor, oak: School
) -> None:
    pupil(1, oak)
    pupil(2, oak)
    first = upload(browser, csv_of(day_of_marks([1, 2], oak), HEADER))
    browser.post(f"{AT}{first.pk}/apply/")
    held = sent(day_of_marks([1], oak), officer)
    assert "drops 2 of 4" in shown(browser, f"{held.pk}/")
    assert browser.post(f"{AT}{held.pk}/apply/", {"reason": ""}).status_code == 422

    browser.post(f"{AT}{held.pk}/turn-away/", {"reason": "One class only"})

    assert "Turned away by Olu: One class only" in shown(browser, f"{held.pk}/")
    assert len(marks(oak)) == 2


def test_a_file_is_checked_again_on_its_page(browser: Client, oak: School) -> None:
    pupil(1, oak)
    file = upload(browser, csv_of(day_of_marks([1, 2], oak), HEADER))
    browser.post(f"{AT}{file.pk}/apply/")
    child = pupil(2, oak)

    browser.post(f"{AT}{file.pk}/check/")

    assert "2 marks taken up" in shown(browser, f"{file.pk}/")
    assert marks(oak)[child.ref, MONDAY] == "/\\"


def test_what_was_not_taken_and_what_schools_send_leave_as_tables(
    browser: Client, oak: School
) -> None:
    pupil(1, oak)
    rows = [*day_of_marks([1, 7], oak), (upn(1), oak.laestab, "02/03/2026", "AM", "=Q")]
    file = upload(browser, csv_of(rows, HEADER))

    table = browser.get(f"{AT}{file.pk}/not-taken.csv").content.decode("utf-8-sig")
    assert f"4,,Waits for the roll,No child here has this UPN,{upn(7)},Oak Academy,2" in table
    assert "6,,Refused," in table
    assert upn(7) in shown(browser, f"{file.pk}/of-nobody/")
    assert "=Q" in shown(browser, f"{file.pk}/refused/")

    feeds = browser.get(f"{AT}feeds/list.csv?state=never").content.decode("utf-8-sig")
    assert "900001,Oak Academy,,Never sent" in feeds


def test_the_twin_of_a_file_is_refused_on_the_form(browser: Client, oak: School) -> None:
    pupil(1, oak)
    content = csv_of(day_of_marks([1], oak), HEADER)
    upload(browser, content)

    answer = browser.post(
        f"{AT}send/", {"file": SimpleUploadedFile("b.csv", content), "school": ""}
    )

    assert answer.status_code == 422
    assert "sent in before" in answer.content.decode()


@pytest.mark.parametrize("who", [actors.alice, actors.mallory])
def test_for_anybody_else_there_are_no_registers(who: object, officer: Actor, oak: School) -> None:
    pupil(1, oak)
    file = sent(day_of_marks([1], oak), officer)
    stranger = actors.signed_in(who())

    for path in ("", "send/", "feeds/", "feeds/list.csv"):
        assert stranger.get(f"{AT}{path}").status_code == 404, path
    for path in ("", "columns/", "of-nobody/", "refused/", "not-taken.csv", "apply/", "take-back/"):
        assert stranger.get(f"{AT}{file.pk}/{path}").status_code == 404, path
    for act in ("apply", "check", "turn-away", "take-back"):
        assert stranger.post(f"{AT}{file.pk}/{act}/", {"reason": "x"}).status_code == 404
    assert marks(oak) == {}
