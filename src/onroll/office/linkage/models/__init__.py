"""Lists of the whole population, searches among them, and what people decided."""

from onroll.office.linkage.models.candidates import Answer, Candidate
from onroll.office.linkage.models.runs import Run
from onroll.office.linkage.models.sources import ColumnMapping, PopulationLoad, Source

__all__ = ["Answer", "Candidate", "ColumnMapping", "PopulationLoad", "Run", "Source"]
