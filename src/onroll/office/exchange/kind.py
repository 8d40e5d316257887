"""Cases of a former system for which there is no casework here: kept whole, as history."""

from onroll.office.casework.kinds import Kind
from onroll.statute.workflow import Move, Workflow

FORMER = Kind(
    key="former",
    title="Case of a former system",
    is_history=True,
    workflow=Workflow(
        start="open",
        states={"open": "Open when it was brought here", "kept": "Kept as history"},
        moves=(Move("keep", "Close it and keep it as history", ("open",), "kept"),),
    ),
    outcomes={"kept": "Closed and kept as history"},
    open_states=frozenset({"open"}),
    accepts=lambda referral: False,
)
