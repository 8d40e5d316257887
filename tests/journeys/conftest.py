"""Fixtures of journeys: one office and one browser for all of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import CHROMIUM, running_browser
from tests.journeys.office import Office, Visitor, running_office

CHILDREN = 400


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running_office(tmp_path_factory.mktemp("office"), children=CHILDREN) as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture
def visitor(browser: Browser, office: Office) -> Iterator[Callable[..., Visitor]]:
    visitors: list[Visitor] = []

    def enter(mailbox: str = "", *, scripts: bool = True) -> Visitor:
        one = Visitor(browser, office, scripts=scripts)
        visitors.append(one)
        return one.sign_in(mailbox) if mailbox else one

    yield enter
    for one in visitors:
        one.page.context.close()
