"""Files of registers, and what was made of them."""

from onroll.office.attendance.models.registers import (
    DateOrder,
    Feed,
    RegisterColumns,
    RegisterFile,
    SchoolInFile,
)

__all__ = ["DateOrder", "Feed", "RegisterColumns", "RegisterFile", "SchoolInFile"]
