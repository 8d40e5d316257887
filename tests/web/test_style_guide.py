"""Every component in every state in a real browser, wide and narrow."""

import os
import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.fixtures import Settings

from onroll.office.web.styleguide import FAILURES, PARTS
from tests.chromium import running_browser
from tests.served import serve
from tests.web.conftest import SIGNED_IN

pytestmark = pytest.mark.journey

WIDE, NARROW = 1280, 390


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with running_browser() as started:
        yield started
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(settings: Settings) -> Iterator[str]:
    settings.DEBUG = True
    settings.MIDDLEWARE = SIGNED_IN
    with serve() as address:
        yield address


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def tab(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    page = browser.new_page()
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: complaints.append(sent.url) if _is_outside(sent.url) else None)
    yield page
    page.close()


def _is_outside(url: str) -> bool:
    return not url.startswith("http://localhost:")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_part_is_accessible_quiet_and_no_wider_than_the_screen(
    width: int, site: str, tab: Page, complaints: list[str]
) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    faults: list[str] = []

    for part in (*PARTS, *FAILURES):
        tab.goto(f"{site}/style-guide/{part}/")
        tab.wait_for_selector("body.govuk-frontend-supported")
        tab.evaluate("document.querySelectorAll('details').forEach(panel => panel.open = true)")
        found = Axe().run(tab).response["violations"]
        faults += [f"{part}: {f['id']} {f['nodes'][0]['html'][:120]}" for f in found]
        if tab.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{part} is wider than the screen")

    assert faults == []
    # A browser reports every answer that is not a success; those pages are asked for on purpose.
    assert [said for said in complaints if "Failed to load resource" not in said] == []


def test_the_summary_of_errors_leads_to_the_box_that_is_wrong(site: str, tab: Page) -> None:
    tab.goto(f"{site}/style-guide/mistakes/")
    tab.wait_for_selector("[data-govuk-error-summary-init]")

    tab.get_by_role("link", name="The date the child was last seen must include a month").click()

    assert tab.evaluate("document.activeElement.id") == "id_last_seen_on_month"


def test_an_answer_opens_its_questions_even_without_a_script(site: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/style-guide/form/")
    moved_to = page.get_by_label("Where did the child go?")

    hidden_before = not moved_to.is_visible()
    page.get_by_label("Known, elsewhere").check()

    assert hidden_before
    assert moved_to.is_visible()
    page.context.close()


def test_characters_left_are_counted_as_one_types(site: str, tab: Page) -> None:
    tab.goto(f"{site}/style-guide/form/")
    tab.wait_for_selector("[data-govuk-character-count-init]")

    tab.get_by_label("What happened?").fill("x" * 390)

    tab.get_by_text("You have 10 characters remaining").first.wait_for()


def test_the_menu_folds_away_on_a_narrow_screen(site: str, tab: Page) -> None:
    tab.set_viewport_size({"width": NARROW, "height": 800})
    tab.goto(f"{site}/style-guide/")
    menu = tab.get_by_role("button", name="Menu")
    cases = tab.locator("#navigation").get_by_role("link", name="Cases")
    menu.wait_for()

    folded = not cases.is_visible()
    menu.click()

    assert folded
    assert cases.is_visible()


def test_a_wide_table_is_reached_and_scrolled_by_keyboard(site: str, tab: Page) -> None:
    tab.set_viewport_size({"width": NARROW, "height": 800})
    tab.goto(f"{site}/style-guide/worklist/")
    region = tab.get_by_role("region", name="Cases")

    region.focus()
    tab.keyboard.press("ArrowRight")

    # `wait_for_function` evaluates text in the page, which the content security policy refuses.
    last = time.monotonic() + 10
    while not (scrolled := region.evaluate("e => e.scrollLeft")) and time.monotonic() < last:
        tab.wait_for_timeout(20)
    assert scrolled > 0


def test_the_authoritys_colour_reaches_the_page(site: str, tab: Page) -> None:
    tab.goto(f"{site}/style-guide/")

    colour = tab.locator(".govuk-generic-header").evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )

    assert colour == "rgb(109, 31, 126)"
