"""The tables of a closed world, in Markdown."""

from collections.abc import Iterable, Sequence

from bench.find_missing import scoring
from bench.find_missing.answers import Answer
from bench.find_missing.processes import Ran
from bench.find_missing.truth import World


def side_by_side(truth: World, rows: Iterable[tuple[Ran, Answer | None]]) -> str:
    """Return how every method stood on one authority."""
    true = truth.those("in_no_education_source")
    lines = [
        f"### {truth.folder.name}: {len(truth.person):,} records, {len(true):,} to be found",
        "",
        "| method | listed | found at all | names a true child at 97% "
        "| found at 1 name | at 2 | at 3 | links right | links found | s | CPU s | GB |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for ran, answer in rows:
        if answer is None:
            lines.append(f"| {ran.method} | {ran.without} |" + " |" * 10)
            continue
        hits = truth.hits(answer, true)
        names = scoring.names_for_each(hits, len(true))
        precision, recall = scoring.precision_and_recall(answer.people, truth.person)
        at = " | ".join(f"{scoring.recall_at(hits, len(true), n):.1%}" for n in (1, 2, 3))
        lines.append(
            f"| {ran.method} | {len(answer.listed):,} "
            f"| {len(set(hits) - {None}) / len(true):.1%} "
            f"| {'n/a' if names is None else f'{names:.2f}'} | {at} "
            f"| {precision:.2%} | {recall:.2%} "
            f"| {ran.seconds:.0f} | {ran.processor:.0f} | {ran.gigabytes:.2f} |"
        )
    return "\n".join(lines) + "\n"


def calibration(answered: Sequence[tuple[World, Answer]]) -> str:
    """Return how often what OnRoll gave a chance came true, by tenths, over authorities."""
    chances, came = chances_of(answered)
    return reliability(chances, came, "said to be in no education list")


def chances_of(answered: Sequence[tuple[World, Answer]]) -> tuple[list[float], list[bool]]:
    """Return every name's chance, and whether its child is indeed in no education list."""
    chances: list[float] = []
    came: list[bool] = []
    for truth, answer in answered:
        for name in answer.listed:
            chances.append(name.probability or 0.0)
            came.append(truth.child(truth.of(name.uids))["education_records"] == "0")
    return chances, came


def reliability(chances: Sequence[float], came: Sequence[bool], what: str) -> str:
    """Return a table of tenths, and the Brier score beneath."""
    lines = [
        f"| {what} | names | mean said | came true | 95 in 100 |",
        "|---|---:|---:|---:|---|",
    ]
    for tenth in scoring.reliability(chances, came):
        low, high = scoring.wilson(tenth.came, tenth.names)
        lines.append(
            f"| {tenth.low:.1f} to {tenth.low + 0.1:.1f} | {tenth.names:,} | {tenth.said:.2f} "
            f"| {tenth.came / tenth.names:.2f} | {low:.2f} to {high:.2f} |"
        )
    score = scoring.brier(chances, came)
    lines += ["", f"Brier score {score:.4f} over {len(chances):,} names.", ""]
    return "\n".join(lines)


def growth(grown: Iterable[tuple[str, Ran, Answer | None]]) -> str:
    """Return what larger authorities cost."""
    lines = [
        "| authority | records | s | s inside | CPU s | GB | CPU s a 100,000 records |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, ran, answer in grown:
        if answer is None:
            lines.append(f"| {name} | {ran.without} | | | | | |")
            continue
        records = len(answer.people)
        lines.append(
            f"| {name} | {records:,} | {ran.seconds:.0f} | {answer.notes['seconds_in_all']:.0f} "
            f"| {ran.processor:.0f} | {ran.gigabytes:.2f} "
            f"| {ran.processor / records * 1e5:.1f} |"
        )
    return "\n".join(lines) + "\n"
