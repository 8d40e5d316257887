"""How many questions each page puts to the database, against tests/query_counts.json.

A page that comes to cost more fails here, where the change that made it dearer can be seen; one
that comes to cost less fails too, so that the record stays true. Write it again with
UPDATE_QUERY_COUNTS=1 ./dev test tests/test_query_counts.py, and read the difference.
"""

import json
import os
from http import HTTPStatus
from pathlib import Path

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.office.kernel import clock
from tests import access, actors
from tests.canary.crawl import address_of, named_addresses
from tests.canary.planting import BUILT_ON, Hidden, colleague

COUNTS = Path(__file__).with_name("query_counts.json")
# Whoever is first in this list and may open a page opens it.
ROLES = ("cme_coordinator", "team_manager", "administrator", "information_governance")


def test_no_page_asks_the_database_more_than_is_written_down(
    known: Hidden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: BUILT_ON)
    clients = [actors.signed_in(colleague(role, [], BUILT_ON)) for role in ROLES]
    for client in clients:
        client.get("/")

    found = {}
    for named in named_addresses():
        if named.name in access.everything() and (cost := _cost(clients, address_of(named, known))):
            found[named.name] = cost

    if os.environ.get("UPDATE_QUERY_COUNTS") == "1":
        COUNTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
    written = json.loads(COUNTS.read_text())
    changed = {
        name: f"{written.get(name)} written down, {found.get(name)} asked"
        for name in sorted(found.keys() | written.keys())
        if written.get(name) != found.get(name)
    }
    assert not changed


def _cost(clients: list[Client], path: str) -> int:
    """Return what the page costs the first who may open it; 0 where there is no such page."""
    for client in clients:
        reset_queries()  # Django keeps the last 9,000 of all pages and warns beyond
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        if answer.status_code == HTTPStatus.OK:
            return len(asked)
    return 0
