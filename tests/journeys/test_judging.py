"""An officer judges whether a child's education at home is suitable, and judges it again."""

from collections.abc import Callable
from datetime import timedelta

from onroll.office.kernel import clock
from tests.journeys.office import Visitor


def test_an_education_at_home_is_judged_and_judged_again(
    visitor: Callable[..., Visitor],
) -> None:
    today = clock.today()
    officer = visitor("coordinator")
    officer.page.goto("/cases/none/")
    rows = officer.page.locator("main tbody tr").filter(has_not_text="Home education")
    child = rows.locator(".onroll-name").first.get_attribute("href")
    officer.page.goto(f"{child}provision/home-education/")
    officer.date("From", today - timedelta(days=60))
    officer.choose("Is the education suitable?", "Not yet assessed").press("Save")
    officer.page.goto(f"{child}schooling/")
    officer.reads("None of the three criteria is judged yet").look("education not judged")

    officer.follow("Judge the education").look("judge the education")
    officer.press("Record the judgement").reads("Judge at least one of the three")
    officer.look("judge nothing")
    officer.date("Judged on", today - timedelta(days=20)).fill("Judged by", "Ellen Varley")
    officer.choose("Is it efficient?", "Met").choose("Is it full-time?", "Not met")
    officer.choose("Is it suitable, as a whole?", "Met").choose("Age", "Met")
    officer.press("Record the judgement").reads("Full-time is not met: write why.")
    officer.fill("Why it is full-time, or not", "Two mornings a week")
    officer.press("Record the judgement").reads("the education is: unsuitable")
    officer.go(f"{child}schooling/", "education judged unsuitable")
    officer.reads("Unsuitable", "Missing education", "Two mornings a week", "Ellen Varley")

    officer.follow("Judge the education").reads("Now: not met, judged on")
    officer.choose("Is it full-time?", "Met").press("Record the judgement")
    officer.reads("the education is: suitable", "Educated at home").look("provision judged")
    officer.go(f"{child}schooling/", "education judged suitable")
    officer.reads("Earlier judgements, replaced since")
    officer.page.goto(f"{child}provision/")
    officer.follow("Correct “Full-time”").look("correct a judgement")
    officer.page.go_back()
    officer.follow("Withdraw “Full-time”").look("withdraw a judgement").press("Withdraw it")
    officer.reads("It was withdrawn", "Missing education")
    officer.is_content()
