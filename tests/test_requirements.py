"""The map of requirements points at things that exist."""

import csv
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROWS = list(
    csv.DictReader((ROOT / "docs" / "requirements.csv").read_text(encoding="utf-8").splitlines())
)
POINTER = re.compile(r"tests/[\w/]+(?:\.py)?(?:::(\w+))?")


def test_every_row_says_how_it_is_shown_or_what_is_missing() -> None:
    for row in ROWS:
        assert row["status"] in {"done", "partly", "not"}, row["id"]
        assert row["shown_by"] if row["status"] != "not" else row["missing"], row["id"]
        assert bool(row["missing"]) == (row["status"] != "done"), row["id"]


def test_every_test_that_the_map_names_is_there() -> None:
    for row in ROWS:
        for found in POINTER.finditer(row["shown_by"]):
            path = ROOT / found[0].partition("::")[0]
            assert path.exists(), f"{row['id']}: {path}"
            if found[1]:
                assert f"def {found[1]}(" in path.read_text(encoding="utf-8"), (
                    f"{row['id']}: {found[1]}"
                )


def test_no_requirement_stands_twice() -> None:
    ids = [row["id"] for row in ROWS]

    assert len(ids) == len(set(ids))
