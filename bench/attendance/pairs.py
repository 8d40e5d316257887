"""Ours and a peer one right after the other, as often as asked: kept, so that none runs twice."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from bench.attendance import answers
from bench.attendance.processes import Ran, run

OURS = "OnRoll"


@dataclass(frozen=True, slots=True)
class Pair:
    """One run of ours and one of a peer. Other programs weigh on both alike."""

    ours: Ran
    peer: Ran


@dataclass(frozen=True, slots=True)
class Compared:
    """All pairs of one peer, and in which tables its answer differs from ours."""

    peer: str
    pairs: list[Pair]
    differs: list[str]
    without: str = ""

    def times(self, what: str) -> float:
        """Return how many times as much the peer took: the median of the pairs."""
        return median(getattr(p.peer, what) / getattr(p.ours, what) for p in self.pairs)

    def median(self, what: str) -> float:
        """Return what the peer took: the median of its runs."""
        return median(getattr(p.peer, what) for p in self.pairs)


def compared(
    peer: str, folder: Path, keep: Path, *, rounds: int, peers: str, limit: float
) -> Compared:
    """Run the pairs that are not kept yet, and hold the peer's answer against ours."""
    ours_at, peer_at = keep / "answer-ours", keep / f"answer-{_plain(peer)}"
    pairs = []
    for n in range(rounds):
        kept = keep / f"{_plain(peer)}-{n}.json"
        if not kept.exists():
            ours, theirs = (
                run(method, folder, peers=peers, limit=limit, out=None if n or at.exists() else at)
                for method, at in ((OURS, ours_at), (peer, peer_at))
            )
            if theirs.without:
                return Compared(peer, [], [], theirs.without)
            kept.write_text(json.dumps(asdict(Pair(ours, theirs))), "utf-8")
        both = json.loads(kept.read_text("utf-8"))
        pairs.append(Pair(Ran(**both["ours"]), Ran(**both["peer"])))
    return Compared(peer, pairs, answers.differences(ours_at, peer_at))


def _plain(name: str) -> str:
    return name.replace(",", "").replace(" ", "-")
