"""A whole office for journeys: the demonstration as anybody would start it, and a browser."""

import os
import re
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
)

from onroll.office.demo.build import PASSWORD
from onroll.office.demo.organisation import DOMAIN
from tests.database import lay_migrated

DESKTOP = ViewportSize(width=1280, height=900)
TELEPHONE = ViewportSize(width=390, height=844)
# Set to a folder, and every page that a journey looks at is kept there as two images.
SHOTS = os.environ.get("ONROLL_SHOTS", "")
# The address of a demonstration that runs already, to try one journey again and again.
STANDING = os.environ.get("ONROLL_STANDING_OFFICE", "").rstrip("/")
READY_SECONDS = 300  # a busy machine builds Ashcombe slowly
PATIENCE_MILLISECONDS = 15_000


@dataclass(frozen=True, slots=True)
class Office:
    """A running demonstration."""

    url: str
    folder: Path


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def running_office(folder: Path, *, children: int) -> Iterator[Office]:
    """Start `onroll demo` in a folder and wait until it says that it is there."""
    if STANDING:
        yield Office(url=STANDING, folder=folder)
        return
    lay_migrated(folder)
    port = _free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DATABASE_")}
    command = [
        sys.executable, "-m", "onroll.cli", "demo", f"--children={children}", f"--port={port}",
        f"--folder={folder}",
    ]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as office:
        said: list[str] = []
        ready = threading.Event()

        def listen() -> None:
            assert office.stderr is not None
            for line in office.stderr:
                said.append(line)
                if "OnRoll is at" in line:
                    ready.set()
            ready.set()

        threading.Thread(target=listen, daemon=True).start()
        try:
            ready.wait(READY_SECONDS)
            if office.poll() is not None or not any("OnRoll is at" in line for line in said):
                raise RuntimeError("The demonstration did not start:\n" + "".join(said))
            yield Office(url=f"http://127.0.0.1:{port}", folder=folder)
        finally:
            office.terminate()
            office.wait(30)


# What the page is asked at each width: its faults in a line each, and how far it sticks out.
# Contrast takes axe longer than all other rules together, and is what it was where an element and
# all around it are painted as before: at the second width it is asked of what is painted otherwise.
EXAMINATION = """async isAgain => {
    const painted = new Map();
    for (const one of document.querySelectorAll("*")) {
        const style = getComputedStyle(one);
        const size = parseFloat(style.fontSize);
        painted.set(one, [
            one.checkVisibility({opacityProperty: true, visibilityProperty: true}),
            size >= 24 || (style.fontWeight >= 700 && size >= 18.66),  // asked for less contrast
            style.color, style.backgroundColor, style.backgroundImage, style.opacity, style.filter,
            style.mixBlendMode, style.textShadow, style.position, style.clip, style.clipPath,
        ].join());
    }
    const before = window.paintedBefore;
    window.paintedBefore = painted;
    const otherwise = new Set();
    if (isAgain)
        for (const [one, paint] of painted)
            if (before.get(one) !== paint || otherwise.has(one.parentElement)) otherwise.add(one);
    const rules = {"color-contrast": {enabled: !isAgain}};
    const found = await axe.run({resultTypes: ["violations"], rules});
    const outermost = [...otherwise].filter(one => !otherwise.has(one.parentElement));
    if (outermost.length) {
        const values = ["color-contrast"];
        const again = await axe.run({include: outermost},
            {resultTypes: ["violations"], runOnly: {type: "rule", values}});
        found.violations.push(...again.violations);
    }
    const box = document.documentElement;
    return {
        faults: found.violations.map(fault =>
            `${fault.id}: ${fault.help}: `
            + fault.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" | ")),
        wider: box.scrollWidth - box.clientWidth,
    };
}"""


def _labelled(label: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\))?\s*$")


def a_name(beginning: str) -> str:
    """Return a family name that nobody at Ashcombe has, however often a journey is made."""
    return beginning + "".join(secrets.choice("aeioulmnrst") for _ in range(6))


class Visitor:
    """Somebody with a browser at the office, who looks at each page at two widths."""

    def __init__(self, browser: Browser, office: Office, *, scripts: bool = True) -> None:
        context = browser.new_context(
            base_url=office.url, viewport=DESKTOP, java_script_enabled=scripts, locale="en-GB"
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        self.page: Page = context.new_page()
        self.office = office
        self.faults: list[str] = []
        self.scripts = scripts
        # The statuses of refusals that the journey is about.
        self.expects: set[int] = set()
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", self._heard)
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        # What the browser says of an answer's status, `_answered` says with the address.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"{self.page.url}: console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.office.url, "data:", "about:")):
            self.faults.append(f"{self.page.url}: outside request: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST and response.status not in self.expects:
            self.faults.append(f"{response.status} from {response.url}")

    def sign_in(self, mailbox: str) -> "Visitor":
        """Sign in as one of Ashcombe's people."""
        self.page.goto("/accounts/login/")
        self.page.get_by_label("Email").or_(self.page.get_by_label("E-mail")).first.fill(
            f"{mailbox}@{DOMAIN}"
        )
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        return self

    def go(self, path: str, name: str = "") -> "Visitor":
        """Open a page and look at it."""
        self.page.goto(path)
        return self.look(name or path)

    def follow(self, link: str | re.Pattern[str]) -> "Visitor":
        """Click the first link of this name in the page itself, not in the navigation."""
        self.page.locator("main").get_by_role("link", name=link).first.click()
        return self

    def press(self, button: str) -> "Visitor":
        """Press the button, or the link that looks like one, of exactly this name."""
        main = self.page.locator("main")
        main.get_by_role("button", name=button, exact=True).first.click()
        return self

    def fill(self, label: str, words: str) -> "Visitor":
        """Write into the box of this label; "(optional)" after it is not part of the name."""
        self.page.locator("main").get_by_label(_labelled(label)).first.fill(words)
        return self

    def choose(self, question: str, answer: str) -> "Visitor":
        """Choose the answer to a question, whether it is asked by buttons or in a list."""
        main = self.page.locator("main")
        group = main.get_by_role("group", name=_labelled(question))
        if group.count():
            group.first.get_by_label(answer, exact=True).first.check()
        else:
            main.get_by_label(_labelled(question)).first.select_option(label=answer)
        return self

    def choose_first(self, question: str) -> str:
        """Choose the first answer of a list, and give it back."""
        box = self.page.locator("main").get_by_label(_labelled(question)).first
        box.select_option(index=1)
        return box.locator("option").nth(1).inner_text()

    def date(self, question: str, day: date) -> "Visitor":
        """Write a date into its three boxes."""
        group = self.page.locator("main").get_by_role("group", name=_labelled(question)).first
        for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(name, exact=True).fill(str(value))
        return self

    def reads(self, *words: str) -> "Visitor":
        """Find these words on the page, however its lines are broken."""
        # A page that has only begun to come has no words yet.
        self.page.wait_for_load_state()
        shown = " ".join(self.page.locator("body").inner_text().split())
        for wanted in words:
            assert wanted in shown, f"“{wanted}” is not on {self.page.url}:\n{shown}"
        return self

    def fetch(self, path: str) -> str:
        """Ask for a page or a file without drawing it; give back its words, if it has any."""
        answer = self.page.request.get(path)
        if not answer.ok:
            self.faults.append(f"{answer.status} from {path}")
        is_text = answer.headers.get("content-type", "").startswith("text/")
        return answer.text() if is_text else ""

    def look(self, name: str) -> "Visitor":
        """Check the page that is open: no accessibility fault at either width, nothing wider
        than the screen. Faults are gathered, so that one run names them all."""
        for width, size in (("desktop", DESKTOP), ("telephone", TELEPHONE)):
            self.page.set_viewport_size(size)
            if SHOTS:
                safe = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
                Path(SHOTS).mkdir(parents=True, exist_ok=True)
                self.page.screenshot(path=f"{SHOTS}/{safe}-{width}.png", full_page=True)
            if self.scripts:
                self._examine(name, width)
        self.page.set_viewport_size(DESKTOP)
        return self

    def _examine(self, name: str, width: str) -> None:
        if self.page.evaluate("typeof axe === 'undefined'"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate(EXAMINATION, width == "telephone")
        self.faults += [f"{name} ({width}): {fault}" for fault in found["faults"]]
        if found["wider"] > 1:
            self.faults.append(f"{name} ({width}): {found['wider']} px wider than the screen")

    def is_content(self) -> None:
        """Fail the journey with everything that was amiss on its pages."""
        assert not self.faults, "\n".join(self.faults)
