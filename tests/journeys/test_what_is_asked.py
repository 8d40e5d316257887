"""What law and guidance ask, what the record shows of it, and which guidance was in force."""

from collections.abc import Callable
from datetime import date

from tests.journeys.office import Visitor, a_name

Enter = Callable[..., Visitor]


def test_a_head_of_service_goes_from_the_register_to_what_stands_behind_a_figure(
    visitor: Enter,
) -> None:
    lead = visitor("lead")
    lead.go("/reports/", "reports").follow("Register of duties")
    lead.reads("This term", "Nothing this period", "Rules of this authority that name no role")
    lead.look("register of duties")

    lead.choose("Period", "This school year").choose("Owned by", "CME officer").press("Show")
    lead.reads("This school year", "CME officer", "contacts made or tried")
    lead.look("register of duties, one owner")
    lead.choose("Gaps", "Not recorded here").press("Show")
    lead.reads("Send the common transfer file when a pupil leaves")
    sheet = lead.fetch(f"{lead.page.url}&format=csv")
    assert "Send the common transfer file when a pupil leaves" in sheet
    assert "contacts made or tried" not in sheet

    lead.go("/reports/duties/?period=year", "register of duties, this school year")
    lead.follow("Refer a child whom the school cannot find")
    lead.reads("Asked of", "Schools", "By school", "Met late", "Clocks that ran on any day")
    lead.look("duty of schools").follow("Report: Late referrals")
    lead.reads("Late referrals")
    lead.is_content()


def test_the_filters_work_without_scripts(visitor: Enter) -> None:
    analyst = visitor("analyst", scripts=False)

    analyst.go("/reports/duties/", "register of duties, no scripts")
    analyst.fill("Words in the title or the source", "436A roll").press("Show")

    analyst.reads("Have arrangements to find out", "CME officer")
    analyst.is_content()


def test_a_coordinator_records_a_policy_and_reads_what_governed_on_a_day(visitor: Enter) -> None:
    coordinator = visitor("coordinator")
    title = f"{a_name('Policy ')} on extended absence"
    coordinator.go("/reports/guidance/", "guidance").press("Record a policy")
    coordinator.look("policy, empty").press("Save").reads("There is a problem")
    coordinator.look("policy with faults").fill("Title of the policy", title)
    coordinator.choose("What is it about?", "Education that the authority arranges (section 19)")
    coordinator.fill("Edition", "1").date("From which day does it apply?", date(2023, 9, 1))
    coordinator.date("When is it to be reviewed?", date(2024, 9, 1)).press("Save")
    coordinator.reads("The policy is on record.", title, "Review is past")

    coordinator.follow(title).press("Add an edition").fill("Edition", "2, relaunched")
    coordinator.date("From which day does it apply?", date(2025, 3, 1)).look("policy edition")
    coordinator.press("Save").reads("2, relaunched", "1 September 2023 to 28 February 2025")
    coordinator.look("policy").go("/reports/guidance/?on=2024-03-03", "guidance of a day")
    coordinator.reads("In force on 3 March 2024", title)
    assert "2, relaunched" not in coordinator.page.locator("main").inner_text()
    coordinator.is_content()


def test_a_case_leads_to_the_guidance_of_its_first_day(visitor: Enter) -> None:
    officer = visitor("officer")
    officer.page.goto("/cases/?owner=me")
    officer.page.locator("main tbody tr th a, main tbody tr td a").first.click()

    officer.follow("In force when this case was opened")

    officer.reads("Guidance and policies", "In force on", "Children missing education")
    officer.is_content()
