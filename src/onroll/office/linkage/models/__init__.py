"""Lists of the whole population, searches among them, and what people decided."""

from onroll.office.linkage.models.candidates import Answer, Candidate, Counted
from onroll.office.linkage.models.runs import Run
from onroll.office.linkage.models.sources import ColumnMapping, PopulationLoad, Source

__all__ = ["Answer", "Candidate", "ColumnMapping", "Counted", "PopulationLoad", "Run", "Source"]
