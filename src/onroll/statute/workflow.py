"""States and moves as plain data, so that they can be drawn, tested and read aloud."""

from collections.abc import Mapping
from dataclasses import dataclass


class IllegalMove(ValueError):
    """The move does not start from the state in which the case is."""


@dataclass(frozen=True, slots=True)
class Move:
    """A named move from any of some states to one other; `title` is what the button says."""

    name: str
    title: str
    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Workflow:
    """The states of one kind of case, each with its title, and the moves between them.

    Raises ValueError when a move names a state without a title, or two moves of one name start
    from the same state, because a case could not tell where to go.
    """

    start: str
    states: Mapping[str, str]
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        named = {self.start, *(s for m in self.moves for s in (*m.sources, m.target))}
        if strangers := sorted(named - set(self.states)):
            raise ValueError(f"States without a title: {', '.join(strangers)}.")
        doors = [(source, move.name) for move in self.moves for source in move.sources]
        if twice := sorted({door for door in doors if doors.count(door) > 1}):
            source, name = twice[0]
            raise ValueError(f"The move {name!r} starts from {source!r} twice.")

    @property
    def ends(self) -> frozenset[str]:
        """The states from which no move leads."""
        return frozenset(self.states) - {s for m in self.moves for s in m.sources}

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """The moves that a case in this state may make, in the order in which they are listed."""
        return tuple(move for move in self.moves if state in move.sources)

    def after(self, state: str, move: str) -> str:
        """The state that a move leads to. Raises IllegalMove, naming what is possible instead."""
        for possible in self.moves_from(state):
            if possible.name == move:
                return possible.target
        names = ", ".join(m.name for m in self.moves_from(state)) or "nothing: it is an end"
        raise IllegalMove(f"{move!r} is not possible from {state!r}. Possible: {names}.")

    def can(self, state: str, move: str) -> bool:
        """Whether a move is possible from a state."""
        return any(possible.name == move for possible in self.moves_from(state))

    def unreachable(self) -> frozenset[str]:
        """The states that no case can ever reach; a test keeps this empty."""
        seen, todo = {self.start}, [self.start]
        while todo:
            found = {move.target for move in self.moves_from(todo.pop())} - seen
            seen |= found
            todo.extend(found)
        return frozenset(self.states) - seen

    def mermaid(self) -> str:
        """The workflow as a Mermaid state diagram, for the reference pages."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {key}: {title}" for key, title in self.states.items()]
        lines.append(f"    [*] --> {self.start}")
        lines += [
            f"    {source} --> {move.target}: {move.title}"
            for move in self.moves
            for source in move.sources
        ]
        lines += [f"    {state} --> [*]" for state in self.states if state in self.ends]
        return "\n".join(lines) + "\n"
