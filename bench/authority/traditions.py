"""The traditions of naming in the authority: how common each is, and what its names are."""

from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from bench.authority import names_british as british
from bench.authority import names_europe as europe
from bench.authority import names_world as world

Words = tuple[str, ...]


class Pool:
    """Words with how often each is drawn: a head by rank, and behind it a long flat tail."""

    def __init__(
        self, head: Words, *, tail: Words = (), tail_share: float = 0.0, shift: float = 6.0
    ) -> None:
        self._words = head + tail
        top = [1 / (rank + shift) ** 1.05 for rank in range(len(head))]
        end = [1 / (rank + 60) ** 0.55 for rank in range(len(tail))]
        scale = tail_share / (1 - tail_share) * sum(top) / sum(end) if tail else 0.0
        self._upto = list(accumulate(top + [weight * scale for weight in end]))

    def draw(self, rng: Random) -> str:
        """One word."""
        return self._words[bisect(self._upto, rng.random() * self._upto[-1])]


@dataclass(frozen=True)
class Tradition:
    """How the people of one origin are named; `origin` is the group by which fairness is shown."""

    key: str
    origin: str
    share: float
    style: str
    boys: Pool
    girls: Pool
    families: Pool
    second_spelling: float = 0.35  # of the children, by whom a second spelling is in use
    abroad: float = 0.25  # of families coming in, those who come from abroad
    default_date: float = 0.0  # of children from abroad, those entered as born on 1 January
    english_given: float = 0.05  # of the children, those with an English given name


def _pool(text: Words, tail: Words = (), share: float = 0.0, shift: float = 6.0) -> Pool:
    return Pool(text, tail=tail, tail_share=share, shift=shift)


ENGLISH_BOYS = _pool(british.BOYS, british.JOINED_BOYS, 0.02, 12)
ENGLISH_GIRLS = _pool(british.GIRLS, british.JOINED_GIRLS, 0.04, 14)
ENGLISH_MIDDLES = {
    "M": _pool(british.MIDDLE_BOYS, british.BOYS, 0.25, 3),
    "F": _pool(british.MIDDLE_GIRLS, british.GIRLS, 0.25, 3),
}
_MUSLIM_BOYS, _MUSLIM_GIRLS = _pool(world.MUSLIM_BOYS), _pool(world.MUSLIM_GIRLS)


def _tradition(
    key: str, origin: str, share: float, style: str, boys: Words | Pool, girls: Words | Pool,
    families: Words, **more: float,
) -> Tradition:  # fmt: skip
    return Tradition(
        key, origin, share, style,
        boys if isinstance(boys, Pool) else _pool(boys),
        girls if isinstance(girls, Pool) else _pool(girls),
        _pool(families), **more,
    )  # fmt: skip


TRADITIONS = (
    Tradition(
        "english",
        "english",
        0.655,
        "english",
        ENGLISH_BOYS,
        ENGLISH_GIRLS,
        _pool(british.FAMILIES, british.TAIL, 0.5, 8),
        0.04,
        0.04,
        0.0,
        1.0,
    ),
    _tradition(
        "pakistani",
        "south_asian",
        0.065,
        "muslim",
        _MUSLIM_BOYS,
        _MUSLIM_GIRLS,
        world.PAKISTANI_FAMILIES + world.MUSLIM_BOYS,
        default_date=0.08,
    ),
    _tradition(
        "bangladeshi",
        "south_asian",
        0.025,
        "muslim",
        _MUSLIM_BOYS,
        _MUSLIM_GIRLS,
        world.BANGLADESHI_FAMILIES + world.MUSLIM_BOYS[:60],
        default_date=0.10,
    ),
    _tradition(
        "hindu",
        "south_asian",
        0.03,
        "father_in_middle",
        world.HINDU_BOYS,
        world.HINDU_GIRLS,
        world.HINDU_FAMILIES,
        default_date=0.01,
    ),
    _tradition(
        "sikh",
        "south_asian",
        0.02,
        "sikh",
        world.SIKH_BOYS,
        world.SIKH_GIRLS,
        world.SIKH_CLANS,
        default_date=0.02,
    ),
    _tradition(
        "arabic",
        "arabic",
        0.035,
        "arabic",
        world.ARABIC_BOYS,
        world.ARABIC_GIRLS,
        world.ARABIC_FAMILIES,
        second_spelling=0.5,
        abroad=0.6,
        default_date=0.25,
    ),
    _tradition(
        "west_african",
        "african",
        0.04,
        "west_african",
        world.WEST_AFRICAN_BOYS,
        world.WEST_AFRICAN_GIRLS,
        world.WEST_AFRICAN_FAMILIES,
        second_spelling=0.2,
        abroad=0.45,
        default_date=0.03,
        english_given=0.25,
    ),
    _tradition(
        "somali",
        "african",
        0.015,
        "somali",
        world.SOMALI_BOYS,
        world.SOMALI_GIRLS,
        world.SOMALI_ELDERS,
        second_spelling=0.5,
        abroad=0.5,
        default_date=0.35,
    ),
    _tradition(
        "polish",
        "eastern_european",
        0.025,
        "polish",
        europe.POLISH_BOYS,
        europe.POLISH_GIRLS,
        europe.POLISH_FAMILIES,
        second_spelling=0.25,
        abroad=0.5,
        english_given=0.12,
    ),
    _tradition(
        "romanian",
        "eastern_european",
        0.018,
        "romanian",
        europe.ROMANIAN_BOYS,
        europe.ROMANIAN_GIRLS,
        europe.ROMANIAN_FAMILIES,
        second_spelling=0.25,
        abroad=0.7,
        default_date=0.01,
        english_given=0.1,
    ),
    _tradition(
        "slavic",
        "eastern_european",
        0.014,
        "slavic",
        europe.SLAVIC_BOYS,
        europe.SLAVIC_GIRLS,
        europe.SLAVIC_FAMILIES,
        second_spelling=0.5,
        abroad=0.7,
        english_given=0.1,
    ),
    _tradition(
        "baltic",
        "eastern_european",
        0.006,
        "baltic",
        europe.BALTIC_BOYS,
        europe.BALTIC_GIRLS,
        europe.BALTIC_FAMILIES,
        second_spelling=0.2,
        abroad=0.5,
        english_given=0.12,
    ),
    _tradition(
        "chinese",
        "chinese",
        0.014,
        "chinese",
        europe.CHINESE_PARTS_BOYS,
        europe.CHINESE_PARTS_GIRLS,
        europe.CHINESE_FAMILIES,
        second_spelling=0.25,
        abroad=0.6,
    ),
    _tradition(
        "turkish",
        "other",
        0.013,
        "plain",
        world.TURKISH_BOYS,
        world.TURKISH_GIRLS,
        world.TURKISH_FAMILIES,
        second_spelling=0.2,
        abroad=0.4,
        default_date=0.06,
    ),
    _tradition(
        "iberian",
        "other",
        0.02,
        "iberian",
        europe.IBERIAN_BOYS,
        europe.IBERIAN_GIRLS,
        europe.IBERIAN_FAMILIES,
        second_spelling=0.2,
        abroad=0.6,
    ),
    _tradition(
        "vietnamese",
        "other",
        0.005,
        "vietnamese",
        europe.VIETNAMESE_BOYS,
        europe.VIETNAMESE_GIRLS,
        europe.VIETNAMESE_FAMILIES,
        second_spelling=0.1,
        abroad=0.5,
    ),
)
