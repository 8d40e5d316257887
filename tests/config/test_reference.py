"""The generated pages, and that what the law library says of the office is there in the office."""

import importlib
import json
import pkgutil
from pathlib import Path

import pytest

from onroll import office
from onroll.office.accounts.roles import ROLES
from onroll.office.config import reference
from onroll.office.journal.verbs import all_verbs
from onroll.statute.codes import LOCAL_MISSING_REASONS, MISSING_REASONS, TABLES
from onroll.statute.editions import EDITIONS, EXPECTED
from onroll.statute.responsibilities import RESPONSIBILITIES


def first_rows(migration: str, name: str) -> list[tuple[str, ...]]:
    """The rows that a migration puts into a new office."""
    rows: list[tuple[str, ...]] = getattr(importlib.import_module(migration), name)
    return rows


def test_every_verb_that_a_responsibility_names_is_journalled() -> None:
    for found in pkgutil.walk_packages(office.__path__, "onroll.office."):
        if ".actions" in found.name:
            importlib.import_module(found.name)
    verbs = {verb.key for verb in all_verbs()}

    named = {act for entry in RESPONSIBILITIES for act in entry.acts}

    assert named
    assert named <= verbs


def test_every_letter_that_a_responsibility_names_comes_with_the_office() -> None:
    rows = first_rows("onroll.office.casework.migrations.0005_letter_templates", "TEMPLATES")

    named = {letter for entry in RESPONSIBILITIES for letter in entry.letters}

    assert named
    assert named <= {row[0] for row in rows}


def test_every_owner_is_a_role() -> None:
    assert {entry.owned_by for entry in RESPONSIBILITIES} <= {role.key for role in ROLES}


def test_the_office_offers_the_local_reasons_of_the_library_beside_its_first_list() -> None:
    first = first_rows("onroll.office.cme.migrations.0002_enquiry_templates", "REASONS")
    beside = first_rows("onroll.office.cme.migrations.0010_more_local_reasons", "REASONS")

    assert {row[0] for row in first} & {row[0] for row in beside} == set()
    assert {row[2] for row in first} <= {reason.key for reason in MISSING_REASONS}
    assert {(key, title, national) for key, title, national in beside} == {
        (reason.key, reason.title, reason.national) for reason in LOCAL_MISSING_REASONS
    }


def test_the_guidance_page_has_every_edition_and_every_expected_change() -> None:
    page = reference.guidance()

    for entry in (*EDITIONS, *EXPECTED):
        assert f"| `{entry.key}` |" in page
    assert page.index("## School attendance") < page.index("## Expected changes")


def test_the_responsibilities_page_is_sorted_by_who_is_asked() -> None:
    page = reference.responsibility_list()

    for entry in RESPONSIBILITIES:
        assert page.count(f"| `{entry.key}` |") == 1
    heads = [line for line in page.splitlines() if line.startswith("## ")]
    assert heads == [
        "## Asked of the authority",
        "## Asked of the school",
        "## Asked of the governing board",
        "## Asked of the parent",
    ]


def test_the_code_tables_are_data_too() -> None:
    tables = json.loads(reference.code_tables_as_data())["tables"]

    assert [table["name"] for table in tables] == [table.name for table in TABLES]
    marks = {entry["key"]: entry for entry in tables[0]["entries"]}
    assert (marks["I"]["category"], marks["I"]["is_possible"]) == ("authorised", True)
    assert (marks["Y4"]["category"], marks["Y4"]["is_possible"]) == ("not_possible", False)


def test_pages_are_written_once_and_then_hold(tmp_path: Path) -> None:
    written = reference.write(tmp_path)

    assert set(written) == set(reference.PAGES)
    assert reference.drift(tmp_path) == []
    (tmp_path / "guidance.md").write_text("by hand", encoding="utf-8")
    assert reference.drift(tmp_path) == ["guidance.md"]


@pytest.mark.parametrize("name", sorted(reference.PAGES))
def test_a_page_says_that_it_is_generated_and_data_is_only_data(name: str, tmp_path: Path) -> None:
    reference.write(tmp_path)

    text = (tmp_path / name).read_text(encoding="utf-8")

    assert text.startswith(reference.HEAD) == name.endswith(".md")
    if name.endswith(".json"):
        json.loads(text)
