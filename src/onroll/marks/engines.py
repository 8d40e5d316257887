"""Where registers are measured: on this machine, or on Spark where one machine is not enough.

Both read the same pieces and count with the same code; an engine only decides where that runs.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from onroll.marks.files import Opens, by_school, pieces
from onroll.marks.gathering import registers
from onroll.marks.measuring import Measured, measure
from onroll.marks.reading import Marks, read, together
from onroll.statute.reading import Fault, FaultyInput, Reader

_THREADS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """What a run measured: each school, and each row refused as (file, row, why)."""

    schools: Sequence[Measured]
    rejects: Sequence[tuple[str, int, str]]
    rows: int


def named(engine: str) -> Callable[[Path], Measures]:
    """Return what measures a folder on an engine. Raises FaultyInput for an unknown name."""
    if engine == "duckdb":
        return here
    if engine == "spark" or engine.startswith(("spark://", "local[")):
        # Spark is an extra, and starting it takes seconds.
        from onroll.marks.spark import on_spark

        return partial(on_spark, "local[*]" if engine == "spark" else engine)
    remedy = "Write duckdb, spark or spark://host:port."
    raise FaultyInput([Fault("--engine", f"{engine[:40]} is no engine.", remedy)])


def here(folder: Path, *, threads: int = _THREADS) -> Measures:
    """Measure a folder on this machine."""
    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(measured, by_school(pieces_of(folder))))
    return whole(found)


def pieces_of(folder: Path) -> list[Opens]:
    """Return every piece of a folder. Raises FaultyInput where a file as a whole is at fault."""
    reader = Reader()
    opens = pieces(folder, reader)
    reader.finish()
    return opens


def measured(opens: Sequence[Opens]) -> Measures:
    """Measure every school of some pieces: those of one group of `by_school`."""
    with ThreadPoolExecutor(_THREADS) as pool:
        return counted(together(list(pool.map(read, opens))))


def counted(marks: Marks) -> Measures:
    """Measure every school of some marks."""
    with ThreadPoolExecutor(_THREADS) as pool:
        schools = list(pool.map(lambda write_up: measure(write_up()), registers(marks)))
    return Measures(schools, tuple(marks.each_reject()), marks.rows)


def whole(many: Sequence[Measures]) -> Measures:
    """Put together what was measured apart: schools in the order of their names."""
    schools = sorted((one for found in many for one in found.schools), key=lambda one: one.school)
    rejects = sorted(reject for found in many for reject in found.rejects)
    return Measures(schools, rejects, sum(found.rows for found in many))
