"""The engine for what outgrows one machine: the same model on Spark, here or on a cluster."""

import shutil
import tempfile
from typing import Any

import pyarrow as pa

from onroll.statute.reading import Fault, FaultyInput

try:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession
    from splink.backends.spark import SparkAPI, similarity_jar_location
except ImportError as missing:
    _remedy = 'Install it: pip install "onroll[spark]". Without it, --engine duckdb serves.'
    raise FaultyInput(
        [Fault("--engine", f"Spark is not installed here ({missing.name}).", _remedy)]
    ) from missing


class Spark:
    """A session of Spark at an address such as "local[2]" or "spark://host:7077".

    Steps are written out as Parquet between, as Splink advises: a plan that grows without end
    takes longer to plan than to run.
    """

    name = "spark"

    def __init__(self, address: str, *, memory: str = "4g", partitions: int = 8) -> None:
        self._folder = tempfile.mkdtemp(prefix="onroll-spark-")
        try:
            self._session = (
                SparkSession.builder.master(address)
                .appName("onroll")
                .config("spark.jars", similarity_jar_location())
                .config("spark.driver.memory", memory)
                .config("spark.sql.shuffle.partitions", str(partitions))
                .config("spark.default.parallelism", str(partitions))
                .config("spark.sql.execution.arrow.pyspark.enabled", "true")
                .config("spark.local.dir", self._folder)
                .config("spark.sql.warehouse.dir", f"{self._folder}/warehouse")
                .config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false")
                .getOrCreate()
            )
        except (PySparkException, RuntimeError, OSError) as error:
            self._forget()
            reason = str(error).strip().partition("\n")[0]
            remedy = "Spark needs Java 17 or later and an address that answers."
            raise FaultyInput([Fault("--engine", f"Spark does not start ({reason}).", remedy)])\
                from error  # fmt: skip
        self._session.sparkContext.setLogLevel("ERROR")
        self._session.sparkContext.setCheckpointDir(f"{self._folder}/steps")
        self.api = SparkAPI(
            spark_session=self._session,
            break_lineage_method="parquet",
            num_partitions_on_repartition=partitions,
        )

    def load(self, table: pa.Table, name: str) -> Any:
        """Hand a table to the session, kept in its memory."""
        frame = self._session.createDataFrame(table).repartition(8).cache()
        return self.api.register(frame, dataset_display_name=name)

    def ask(self, sql: str) -> pa.Table:
        """Return the answer to one question in SQL."""
        return self._session.sql(sql).toArrow()

    def close(self) -> None:
        """End the session and delete what it wrote between the steps."""
        self._session.stop()
        self._forget()

    def _forget(self) -> None:
        # Spark's own workers may still be deleting in there: what they delete is gone either way.
        shutil.rmtree(self._folder, ignore_errors=True)
