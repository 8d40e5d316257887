"""Why a pupil was suspended or permanently excluded; up to three reasons each, since 2020/21."""

from onroll.statute.codes.table import Code, CodeTable
from onroll.statute.commencement import EXCLUSION_REASONS_2020, EXCLUSION_REASONS_2026
from onroll.statute.sources import Confidence

_TITLES = {
    "PP": "Physical assault against a pupil",
    "PA": "Physical assault against an adult",
    "VP": "Verbal abuse or threatening behaviour against a pupil",
    "VA": "Verbal abuse or threatening behaviour against an adult",
    "OW": "Use or threat of use of an offensive weapon or prohibited item",
    "BU": "Bullying",
    "RA": "Racist abuse",
    "LG": "Abuse against sexual orientation and gender identity",
    "DS": "Abuse relating to disability",
    "SM": "Sexual misconduct",
    "DA": "Drug and alcohol related",
    "DM": "Damage",
    "TH": "Theft",
    "MT": "Inappropriate use of social media or online technology",
    "DB": "Persistent or general disruptive behaviour",
    "PH": "Wilful and repeated breach of protective measures for public health",
}

# One public copy of the common basic data set of May 2026 lists these as well. Whether the census
# takes them, and from which term, is not known: accept them from a file, do not offer them.
_TITLES_2026 = {
    "BW": "Found to have brought a weapon or prohibited item",
    "TB": "Cyber-bullying or online threats",
    "SB": "Harmful sexual behaviour",
    "MB": "Misogynistic behaviour",
    "AB": "Misandrist behaviour",
    "DR": "Drug related",
    "AR": "Alcohol related",
    "SR": "Smoking",
    "VR": "Vaping",
    "LD": "Persistent disruptive behaviour, low level",
    "CB": "Persistent disruptive behaviour, challenging",
    "MP": "Mobile phone",
    "OS": "Misbehaviour outside school",
}

# The other titles stand in copies that schools' suppliers and an authority publish.
_RECALLED = frozenset({"VP", "VA", "RA", "SM", "TH"})


def _how_sure(key: str) -> Confidence:
    # Introduced for the pandemic; whether today's census still takes it is not known.
    if key == "PH":
        return Confidence.UNCONFIRMED
    return Confidence.RECALLED if key in _RECALLED else Confidence.SECONDARY


EXCLUSION_REASONS = CodeTable(
    "exclusion_reasons",
    "reasons for exclusion",
    (
        *(
            Code(
                key,
                title,
                "DfE school census, exclusion reasons from 2020/21",
                _how_sure(key),
                EXCLUSION_REASONS_2020,
            )
            for key, title in _TITLES.items()
        ),
        *(
            Code(
                key,
                title,
                "A public copy of the DfE common basic data set, May 2026",
                Confidence.UNCONFIRMED,
                EXCLUSION_REASONS_2026,
            )
            for key, title in _TITLES_2026.items()
        ),
    ),
)
