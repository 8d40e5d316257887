"""Where pairs are scored: DuckDB in this process, or Spark where one machine is not enough.

Both run the same Splink model over the same columns. Importing Splink takes about a second, so
this module is imported when a search begins and not before.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker, block_on

from onroll.matching import model as models
from onroll.matching.comparisons import FIELDS, LOOSE_BLOCKING, settings, used_columns
from onroll.matching.model import Model

# Fewer pairs teach less than they mislead.
_FEWEST_PAIRS = 300
_MOST_PAIRS = 400_000
_STRANGERS = 400_000

# What is read back of a scored pair.
_SCORED = (
    "uid_l",
    "uid_r",
    "match_weight as weight",
    *(f"gamma_{field.key} as {field.key}" for field in FIELDS),
)


class Engine(Protocol):
    """A place where pairs are scored."""

    name: str
    api: Any

    def load(self, table: pa.Table, name: str) -> Any:
        """Hand over a table; what is returned goes to Splink."""

    def ask(self, sql: str) -> pa.Table:
        """Return the answer to one question in SQL."""

    def close(self) -> None:
        """Let go of everything that was loaded."""


class DuckDB:
    """The engine within this process; `memory` is the most it may take, such as "3GB"."""

    name = "duckdb"

    def __init__(self, *, threads: int = 2, memory: str = "") -> None:
        self._connection = duckdb.connect()
        self._connection.execute(f"set threads = {int(threads)}")
        self._connection.execute("set enable_progress_bar = false")
        if memory:
            self._connection.execute("set memory_limit = ?", [memory])
        self.api = DuckDBAPI(self._connection)

    def load(self, table: pa.Table, name: str) -> Any:
        """Copy a table in, so that nothing outside can change it."""
        self._connection.register("given", table)
        self._connection.execute(f"create or replace table {name} as select * from given")
        self._connection.unregister("given")
        return self.api.register(name, dataset_display_name=name)

    def ask(self, sql: str) -> pa.Table:
        """Return the answer to one question in SQL."""
        return self._connection.sql(sql).to_arrow_table()

    def close(self) -> None:
        """Let go of everything that was loaded."""
        self._connection.close()


@contextmanager
def opened(name: str) -> Iterator[Engine]:
    """Open the engine that a name means, and close it: duckdb, spark or the address of a cluster.

    Raises FaultyInput where Spark is not installed.
    """
    if name == "duckdb":
        engine: Engine = DuckDB()
    else:
        # Spark is an extra, and starting it takes seconds.
        from onroll.matching.spark import Spark

        engine = Spark("local[*]" if name == "spark" else name)
    try:
        yield engine
    finally:
        engine.close()


def learnt(table: pa.Table, before: Model, *, seed: int) -> Model:
    """Return the model that the records teach, without any answer about who is who.

    Learning looks at samples, so it is done in this process whatever scores the pairs: one set of
    lists teaches one model.
    """
    with opened("duckdb") as engine:
        return _learnt(engine, engine.load(table, "taught"), before, seed=seed)


def _learnt(engine: Engine, records: Any, before: Model, *, seed: int) -> Model:
    rules = _teachers(engine, records)
    if not rules:
        return before
    with _quiet():
        linker = _linker(records, before)
        training = linker.training
        training.estimate_u_using_random_sampling(
            max_pairs=_STRANGERS, seed=seed, min_count_per_level=None
        )
        for keys in rules:
            training.estimate_parameters_using_expectation_maximisation(
                block_on(*keys),
                estimate_without_term_frequencies=True,
                fix_probability_two_random_records_match=True,
                max_pairs=_MOST_PAIRS,
            )
        saved = linker.misc.save_model_to_json()
    seen_m, seen_u = _shares(saved, "m_probability"), _shares(saved, "u_probability")
    taught_by = {
        field.key: float(
            max((n for keys, n in rules.items() if field.empty not in keys), default=0)
        )
        for field in FIELDS
    }
    return models.taught(before, seen_m, seen_u, taught_by, float(_STRANGERS))


def _teachers(engine: Engine, records: Any) -> dict[tuple[str, ...], int]:
    """Return the keys whose pairs teach, each with how many pairs share them.

    One number in common is all but proof; where there are none, name and birth date have to do.
    """
    wanted: list[tuple[str, ...]] = [("upn",), ("nhs",)]
    found = {keys: n for keys in wanted if (n := _pairs(engine, records, keys)) >= _FEWEST_PAIRS}
    beside: list[tuple[str, ...]] = [("fn_f", "sn_f", "dob_s")]
    if not found:
        beside.append(("dob_s", "pc"))
    found |= {keys: n for keys in beside if (n := _pairs(engine, records, keys)) >= _FEWEST_PAIRS}
    return found


def _pairs(engine: Engine, records: Any, keys: Sequence[str]) -> int:
    filled = " and ".join(f"{key} is not null" for key in keys)
    asked = engine.ask(  # the names are this module's own, never a list's
        f"select coalesce(sum(n * (n - 1) / 2), 0) as pairs from (select count(*) as n "
        f"from {records.physical_name} where {filled} group by {', '.join(keys)}) counted"
    )
    return int(asked["pairs"][0].as_py())


def _shares(saved: Mapping[str, Any], what: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for field, comparison in zip(FIELDS, saved["comparisons"], strict=True):
        levels = comparison["comparison_levels"][1:]
        found[field.key] = {
            level.key: float(given[what])
            for level, given in zip(field.levels, levels, strict=True)
            if isinstance(given.get(what), int | float)
        }
    return found


def scored(engine: Engine, records: Any, model: Model, *, least: float) -> pa.Table:
    """Return every pair of records worth comparing that weighs `least` bits or more.

    Columns: uid_l, uid_r, weight in bits with the chance in it, and for each field the number of
    its level.
    """
    with _quiet():
        linker = _linker(records, model, with_levels=True)
        frame = linker.inference.predict(threshold_match_weight=least)
        return _read(engine, frame)


def scored_between(
    engine: Engine, left: Any, right: Any, records: Any, model: Model, *, least: float
) -> pa.Table:
    """Return what `scored` does for pairs of one record of each side, by the looser rules."""
    with _quiet():
        linker = _linker(records, model, with_levels=True)
        # How rare a value is stands in all the records, not in the few that are looked for.
        columns_by_rarity = {level.rare_by for field in FIELDS for level in field.levels} - {""}
        for column in sorted(columns_by_rarity) if model.by_rarity else ():
            linker.table_management.compute_tf_table(column)
        frame = linker.inference.predict_between(
            left,
            right,
            blocking_rules_to_generate_predictions=list(LOOSE_BLOCKING),
            threshold_match_weight=least,
        )
        return _read(engine, frame)


def _read(engine: Engine, frame: Any) -> pa.Table:
    found = engine.ask(f"select {', '.join(_SCORED)} from {frame.physical_name}")
    frame.drop_table_from_database_and_remove_from_cache()
    return found


def _linker(records: Any, model: Model, *, with_levels: bool = False) -> Linker:
    wanted = settings(model.weights, model.chance, by_rarity=model.by_rarity)
    wanted.retain_matching_columns = with_levels
    return Linker(records, wanted, log_level=logging.ERROR)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the engine's advice about training from the person at the keyboard."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def columns(table: pa.Table) -> pa.Table:
    """Return the columns that the engines read, and no others."""
    return table.select(list(used_columns()))
