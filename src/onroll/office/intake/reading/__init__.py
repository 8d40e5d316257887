"""Spreadsheets as sent in: read into rows of text, and each cell into a value."""

from onroll.office.intake.reading.tables import Line, Table, folded, read
from onroll.office.intake.reading.workbooks import Unreadable

__all__ = ["Line", "Table", "Unreadable", "folded", "read"]
