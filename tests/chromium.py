"""The system's Chromium, for every test that looks at a page as a person does."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = (
    os.environ.get("ONROLL_BROWSER")
    or shutil.which("chromium")
    or shutil.which("google-chrome")
    or ""
)
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start Chromium, and leave this thread as it was.

    While it runs, Playwright keeps an event loop in the thread, and Django refuses to touch a
    database from there. So a fixture of it lives no longer than the tests that want it: of a
    package at most, never of the session, whose other tests come after in the same process.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()
