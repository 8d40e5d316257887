"""The engine for what outgrows one machine: the same pieces, the same counting, on Spark.

Where it is known beforehand which pieces a school is in, each school is measured where its pieces
are read, and nothing but what was counted goes over the network. Otherwise pieces are sifted where
they are read, and the marks of each school brought together to be counted. Every machine of the
cluster has OnRoll, and sees the folder under the same name.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any

from onroll.marks.engines import Measures, counted, measured, pieces_of, whole
from onroll.marks.files import Opens, by_school
from onroll.marks.gathering import apart
from onroll.marks.reading import Marks, read, together
from onroll.statute.reading import Fault, FaultyInput

try:
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
except ImportError as missing:
    _remedy = 'Install it: pip install "onroll[spark]". Without it, --engine duckdb serves.'
    raise FaultyInput(
        [Fault("--engine", f"Spark is not installed here ({missing.name}).", _remedy)]
    ) from missing

_TASKS_A_CORE = 4


def on_spark(address: str, folder: Path) -> Measures:
    """Measure a folder by a Spark at an address such as "local[2]" or "spark://host:7077"."""
    opens = pieces_of(folder)
    groups = by_school(opens)
    with _started(address) as spark:
        tasks = _TASKS_A_CORE * spark.defaultParallelism
        if len(groups) > 1:
            done = spark.parallelize(groups, min(tasks, len(groups))).map(_measured)
        else:
            sifted = spark.parallelize(list(enumerate(opens)), min(tasks, len(opens)))
            done = sifted.flatMap(_sifted).groupByKey(tasks).values().map(_counted)
        found: list[Measures | FaultyInput] = _result(done)
    faults = [fault for one in found if isinstance(one, FaultyInput) for fault in one.faults]
    if faults:
        raise FaultyInput(faults)
    return whole([one for one in found if isinstance(one, Measures)])


# What the machines of a cluster do. A faulty file is told as an answer: raised there, it would
# arrive here as the end of a job, with pages of Java.


def _measured(opens: Sequence[Opens]) -> Measures | FaultyInput:
    try:
        return measured(opens)
    except FaultyInput as faulty:
        return faulty


def _sifted(
    numbered: tuple[int, Opens],
) -> Iterator[tuple[str, tuple[int, Marks | FaultyInput]]]:
    number, opens = numbered
    try:
        for school, marks in apart(read(opens)):
            yield school, (number, marks)
    except FaultyInput as faulty:
        yield "", (number, faulty)


def _counted(numbered: Iterable[tuple[int, Marks | FaultyInput]]) -> Measures | FaultyInput:
    """Measure the marks of one school, put together in the order of their files."""
    many: list[Marks] = []
    for _, marks in sorted(numbered, key=itemgetter(0)):
        if isinstance(marks, FaultyInput):
            return marks
        many.append(marks)
    return counted(together(many))


@contextmanager
def _started(address: str) -> Iterator[Any]:
    folder = tempfile.mkdtemp(prefix="onroll-spark-")
    # Here and on a cluster the program's own Python, unless somebody says otherwise.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.local.dir": folder,
        "spark.driver.memory": "4g",
        # What was counted of a nation is a few gigabytes.
        "spark.driver.maxResultSize": "0",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    try:
        try:
            chosen = (
                SparkConf().setMaster(address).setAppName("onroll").setAll(list(settings.items()))
            )
            # A batch is one school: two may be more than a message holds.
            spark = SparkContext(conf=chosen, batchSize=1)
        except (PySparkException, Py4JError, RuntimeError, OSError, ValueError) as error:
            remedy = "Spark needs Java 17 or later and an address that answers."
            raise _stopped("does not start", error, remedy) from error
        spark.setLogLevel("ERROR")
        try:
            yield spark
        finally:
            spark.stop()
    finally:
        # Spark's own workers may still be deleting in there: what they delete is gone either way.
        shutil.rmtree(folder, ignore_errors=True)


def _result(done: Any) -> list[Measures | FaultyInput]:
    try:
        found: list[Measures | FaultyInput] = done.collect()
    except (PySparkException, Py4JError) as error:
        remedy = "See what its workers say; each needs OnRoll, and the folder under the same name."
        raise _stopped("stopped", error, remedy) from error
    return found


def _stopped(what: str, error: Exception, remedy: str) -> FaultyInput:
    reason = str(error).strip().partition("\n")[0]
    return FaultyInput([Fault("--engine", f"Spark {what} ({reason}).", remedy)])
