"""Names drawn by tradition: what a household is called, and what its children are."""

from dataclasses import dataclass
from random import Random

from bench.authority.traditions import (
    ENGLISH_BOYS,
    ENGLISH_GIRLS,
    ENGLISH_MIDDLES,
    Pool,
    Tradition,
    Words,
)
from bench.authority.variants import SPELLINGS, english_spelling, other_spelling, short_form

_WOMENS_FAMILIES = ("Begum", "Bibi", "Khatun", "Kausar", "Akhtar", "Parveen", "Khanom", "Sultana")
_GENDERED = {
    "polish": lambda stem: (stem + "i", stem + "a"),
    "slavic": lambda stem: (stem, stem + ("a" if stem.endswith("v") else "ová")),
}
_SUFFIXES = {"#": ("as", "aitė"), "~": ("š", "a")}


@dataclass(frozen=True, slots=True)
class Kin:
    """What the names of a household's children are made from."""

    male: str
    female: str
    mother: str  # her family name, as it stands where nobody married
    middle_male: str = ""
    middle_female: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in full."""

    given: str
    middles: Words
    family: str


def _forms(tradition: Tradition, drawn: str) -> tuple[str, str]:
    """The family name of a man and of a woman."""
    if drawn[-1] == "*":
        return _GENDERED[tradition.style](drawn[:-1])
    if drawn[-1] in _SUFFIXES:
        male, female = _SUFFIXES[drawn[-1]]
        return drawn[:-1] + male, drawn[:-1] + female
    return drawn, drawn


def name_household(rng: Random, tradition: Tradition) -> Kin:
    """Draw the family names of father and mother, and the middle names that go with them."""
    male, female = _forms(tradition, tradition.families.draw(rng))
    mother = _forms(tradition, tradition.families.draw(rng))[1]
    middle_male = middle_female = ""
    match tradition.style:
        case "english" if rng.random() < 0.05 and mother != male:
            male = female = f"{mother}-{male}"
        case "muslim":
            while male in _WOMENS_FAMILIES:
                male = tradition.families.draw(rng)
            if rng.random() < 0.3:
                female = rng.choice(_WOMENS_FAMILIES)
            if rng.random() < 0.4:
                mother = rng.choice(_WOMENS_FAMILIES)
        case "sikh":
            if rng.random() < 0.4:
                male, female = "Singh", "Kaur"
            else:
                middle_male, middle_female = "Singh", "Kaur"
            mother = "Kaur" if rng.random() < 0.5 else mother
        case "somali" | "father_in_middle" if tradition.style == "somali" or rng.random() < 0.45:
            middle_male = middle_female = tradition.boys.draw(rng)
        case "iberian" if rng.random() < 0.6 and mother != male:
            male = female = f"{mother} {male}"
        case "west_african" if rng.random() < 0.06 and mother != male:
            male = female = f"{mother}-{male}"
    if tradition.style in ("muslim", "arabic", "somali", "slavic") and rng.random() < 0.35:
        # Families of one name write it in several ways, each family in its own.
        respelt = other_spelling(rng, male)
        male, female = respelt, respelt if female == male else female
    return Kin(male, female, mother, middle_male, middle_female)


def _spelt(rng: Random, tradition: Tradition, word: str) -> str:
    """A name as these parents spell it."""
    if word in ("Muhammad", "Mohammed", "Mohammad") and rng.random() < 0.5:
        return rng.choice(("Mohammed", "Mohammad", "Muhammed", "Mohamed", "Muhammad", "Mohamad"))
    if rng.random() < 0.12:
        if tradition.style == "english":
            return english_spelling(rng, word)
        return rng.choice(SPELLINGS.get(word, (word,)))
    return word


def _chinese_given(rng: Random, pool: Pool) -> str:
    first, second = pool.draw(rng), pool.draw(rng)
    manner = rng.random()
    if manner < 0.06:
        return first
    if manner < 0.45:
        return f"{first} {second}"
    return f"{first}{second.lower()}" if manner < 0.85 else f"{first}-{second}"


def _middles(rng: Random, tradition: Tradition, sex: str, kin: Kin) -> Words:
    """Middle names, as a tradition has them."""
    fixed = kin.middle_male if sex == "M" else kin.middle_female
    if fixed:
        return (fixed,)
    pool = tradition.boys if sex == "M" else tradition.girls
    match tradition.style:
        case "english":
            lot = rng.random()
            count = 0 if lot < 0.14 else 1 if lot < 0.86 else 2
            return tuple(ENGLISH_MIDDLES[sex].draw(rng) for _ in range(count))
        case "west_african":
            return tuple(pool.draw(rng) for _ in range(1 + (rng.random() < 0.35)))
        case "romanian" | "iberian":
            return (pool.draw(rng),) if rng.random() < 0.55 else ()
        case "polish" | "baltic":
            return (pool.draw(rng),) if rng.random() < 0.35 else ()
        case "vietnamese":
            return ("Thi" if sex == "F" else "Van",) if rng.random() < 0.5 else ()
        case "muslim" | "arabic":
            return (pool.draw(rng),) if rng.random() < 0.3 else ()
    return ()


def name_child(
    rng: Random, tradition: Tradition, kin: Kin, sex: str, *, like: str = ""
) -> tuple[Name, str]:
    """Draw a child's name, and the name gone by where it is another; `like` a twin's, if may be."""
    pool = tradition.boys if sex == "M" else tradition.girls
    family = kin.male if sex == "M" else kin.female
    middles = _middles(rng, tradition, sex, kin)
    if tradition.style == "chinese":
        given = _chinese_given(rng, pool)
        english = (ENGLISH_BOYS if sex == "M" else ENGLISH_GIRLS).draw(rng)
        lot = rng.random()
        if lot < 0.3:
            return Name(english, (given,), family), given if lot < 0.05 else ""
        return Name(given, (), family), english if lot < 0.65 else ""
    if rng.random() < tradition.english_given:
        pool = ENGLISH_BOYS if sex == "M" else ENGLISH_GIRLS
    given = _spelt(rng, tradition, pool.draw(rng))
    for _ in range(12 if like else 0):
        if given[0] == like[0] and given != like:
            break
        given = _spelt(rng, tradition, pool.draw(rng))
    middles = tuple(middle for middle in dict.fromkeys(middles) if middle != given)
    if tradition.style == "vietnamese" and rng.random() < 0.6:
        given = f"{given} {pool.draw(rng)}"
    if tradition.style in ("muslim", "arabic") and sex == "M" and rng.random() < 0.25:
        # "Muhammad Hassan" is called Hassan.
        muhammad = _spelt(rng, tradition, "Muhammad")
        return Name(muhammad, (given, *middles[:1]), family), given
    return Name(given, middles, family), _known_as(rng, tradition, given, middles)


def _known_as(rng: Random, tradition: Tradition, given: str, middles: Words) -> str:
    """The name that a child goes by, where it is not the first given name."""
    by_middle = 0.15 if tradition.style in ("west_african", "romanian", "iberian") else 0.025
    lot = rng.random()
    if middles and lot < by_middle and middles[0] not in ("Singh", "Kaur"):
        return middles[0]
    if lot < by_middle + 0.18:
        return short_form(rng, given)
    return ""
