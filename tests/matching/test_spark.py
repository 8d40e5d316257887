"""The same lists on Spark give the same people."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from bench.authority import make
from onroll.matching.engines import opened
from onroll.matching.find import find_missing
from onroll.matching.sources import read_folder
from tests.matching.test_on_an_authority import CLOSED, ON

pytest.importorskip("pyspark", reason="Spark is not installed (onroll[spark]): not tried on it")


@pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed: Spark not tried")
@pytest.mark.filterwarnings("ignore")  # Spark's own, of its own parts
def test_spark_finds_the_people_that_duckdb_finds(tmp_path: Path) -> None:
    make(600, 5, "usual", ON, tmp_path, shares=CLOSED)
    sources = read_folder(tmp_path)
    here = find_missing(sources, on=ON)

    with opened("local[2]") as engine:
        there = find_missing(sources, on=ON, engine=engine)

    assert there.run["engine"] == "spark"
    assert np.array_equal(there.people, here.people)
    assert [c.records for c in there.candidates] == [c.records for c in here.candidates]
    assert [c.probability for c in there.candidates] == pytest.approx(
        [c.probability for c in here.candidates], abs=0.02
    )
