"""The same marks on Spark give the same measures, and what is wrong with a file is told alike."""

import shutil
import sys
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet
import pytest

from onroll.cli import main
from tests.marks.invented import some_marks
from tests.marks.oracle import Mark

HEADER = "pupil_id,school,on,session,code,year_group"


def test_without_spark_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "marks").mkdir()
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "py4j", None)
    monkeypatch.delitem(sys.modules, "onroll.marks.spark", raising=False)

    assert main(["measure-absence", "--marks", str(tmp_path / "marks"),
                 "--out", str(tmp_path / "out"), "--engine", "spark"]) == 2  # fmt: skip

    assert 'pip install "onroll[spark]"' in capsys.readouterr().err


class TestOnSpark:
    """Everything that needs Spark itself."""

    @pytest.fixture(autouse=True)
    def is_there(self) -> None:
        why = "Spark is not installed (onroll[spark]): not tried on it"
        pytest.importorskip("pyspark", reason=why)
        if shutil.which("java") is None:
            pytest.skip("Java is not installed: Spark not tried")

    @pytest.mark.filterwarnings("ignore")  # Spark's own, of its own parts
    def test_measures_and_rejects_are_those_of_one_machine(self, tmp_path: Path) -> None:
        put_sheets(tmp_path / "marks")

        assert both(tmp_path) == (0, 0)

        here, there = written(tmp_path / "here"), written(tmp_path / "there")
        assert here == there
        assert "is a second mark" in here["rejects.csv"]
        assert "no day that can be read" in here["rejects.csv"]

    @pytest.mark.filterwarnings("ignore")
    def test_schools_in_files_of_their_own_are_measured_where_they_are_read(
        self, tmp_path: Path
    ) -> None:
        put_schools(tmp_path / "marks")

        assert both(tmp_path) == (0, 0)

        here, there = written(tmp_path / "here"), written(tmp_path / "there")
        assert here == there
        assert len(here["schools.csv"].splitlines()) > 3

    @pytest.mark.filterwarnings("ignore")
    def test_a_broken_file_is_told_in_a_line(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        put_schools(tmp_path / "marks")
        broken = next((tmp_path / "marks").iterdir())
        content = broken.read_bytes()
        broken.write_bytes(
            content[:4] + bytes(len(content) // 2) + content[4 + len(content) // 2 :]
        )

        assert both(tmp_path) == (2, 2)

        here, there = [
            line for line in capsys.readouterr().err.splitlines() if line.startswith("--marks")
        ]
        assert here == there


def both(folder: Path) -> tuple[int, int]:
    """Measure the marks here and on Spark; returns the exit codes."""
    asked = ["measure-absence", "--marks", str(folder / "marks"), "--out"]
    here = main([*asked, str(folder / "here")])
    return here, main([*asked, str(folder / "there"), "--engine", "local[2]"])


def written(folder: Path) -> dict[str, object]:
    found: dict[str, object] = {path.name: path.read_text("utf-8") for path in folder.glob("*.csv")}
    return found | {"pupils": pyarrow.parquet.read_table(folder / "pupils.parquet").to_pylist()}


def line(mark: Mark) -> str:
    return ",".join(
        (mark.pupil, mark.school, mark.on.isoformat(), mark.session, mark.code, mark.year_group)
    )


def put_sheets(folder: Path) -> None:
    """Write marks of a few schools into two sheets, in no order, each with a faulty row."""
    folder.mkdir()
    lines = [line(mark) for seed in range(40) for mark in some_marks(seed)]
    half = len(lines) // 2
    for name, part in (("a", lines[:half]), ("b", lines[half:])):
        rows = [HEADER, *part, "P1,3311001,5 March,AM,/,7", ""]
        (folder / f"{name}.csv").write_text("\n".join(rows), "utf-8")


def put_schools(folder: Path) -> None:
    """Write the marks of a few schools as Parquet, one file a school."""
    put_sheets(folder)
    sheets = sorted(folder.iterdir())
    table = pyarrow.concat_tables([pyarrow.csv.read_csv(sheet) for sheet in sheets])
    for school in table["school"].unique():
        own = table.filter(pyarrow.compute.equal(table["school"], school))
        pyarrow.parquet.write_table(own, folder / f"{school}.parquet")
    for sheet in sheets:
        sheet.unlink()
