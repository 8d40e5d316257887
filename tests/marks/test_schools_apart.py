"""Schools whose files say that they hold no other are read and measured apart, to the same end."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet

from onroll.marks.engines import here, pieces_of
from onroll.marks.files import by_school
from onroll.marks.outputs import Findings
from tests.marks.invented import some_marks
from tests.marks.oracle import Mark


def put(folder: Path, name: str, marks: Sequence[Mark]) -> None:
    folder.mkdir(exist_ok=True)
    columns = {
        "pupil_id": [mark.pupil for mark in marks],
        "school": [mark.school for mark in marks],
        "on": [mark.on for mark in marks],
        "session": [mark.session for mark in marks],
        "code": [mark.code for mark in marks],
        "year_group": [mark.year_group for mark in marks],
    }
    pyarrow.parquet.write_table(pa.table(columns), folder / f"{name}.parquet")


def of_school(school: str, seeds: int = 30) -> list[Mark]:
    marks = [mark for seed in range(seeds) for mark in some_marks(seed)]
    return [mark for mark in marks if mark.school == school]


def test_files_of_one_school_each_are_read_apart(tmp_path: Path) -> None:
    for school in ("3311001", "3312002"):
        put(tmp_path, school, of_school(school))

    groups = by_school(pieces_of(tmp_path))

    assert [[one.school for one in group] for group in groups] == [["3311001"], ["3312002"]]


def test_a_file_with_two_schools_keeps_all_files_together(tmp_path: Path) -> None:
    put(tmp_path, "a", of_school("3311001"))
    put(tmp_path, "b", [*of_school("3311001"), *of_school("3312002")])

    assert len(by_school(pieces_of(tmp_path))) == 1


def test_apart_or_together_the_measures_and_the_rejects_are_the_same(tmp_path: Path) -> None:
    schools = ("3311001", "3312002", "3314003")
    for school in schools:
        put(tmp_path / "apart", school, of_school(school))
        put(tmp_path / "together", school, of_school(school))
    (tmp_path / "together" / "z.csv").write_text("pupil_id,school,on,session,code\n", "utf-8")

    apart, together = here(tmp_path / "apart"), here(tmp_path / "together")

    assert len(by_school(pieces_of(tmp_path / "apart"))) == 3
    assert len(by_school(pieces_of(tmp_path / "together"))) == 1
    assert apart.rejects == together.rejects
    assert apart.rejects
    assert Findings.of(apart.schools, {}) is not None
    for name in ("pupils", "codes", "weeks", "alerts"):
        one, other = (getattr(Findings.of(m.schools, {}), name) for m in (apart, together))
        assert one.equals(other)


def test_a_school_in_two_files_is_one_register_however_its_number_is_padded(tmp_path: Path) -> None:
    marks = of_school("3311001", 1)
    again = Mark(**{**vars(marks[0]), "school": " 3311001", "code": "I"})
    put(tmp_path, "a", marks)
    put(tmp_path, "b", [again])

    found = here(tmp_path)

    assert [one.school for one in found.schools] == ["3311001"]
    assert [(file, row) for file, row, _ in found.rejects][-1] == ("b.parquet", 1)
