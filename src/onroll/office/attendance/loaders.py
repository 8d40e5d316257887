"""The kind of file that registers are: read by columns, by actions here."""

from onroll.office.attendance.queries.registers import REGISTERS
from onroll.office.intake.kinds import Column, Loader

LOADER = Loader(
    key=REGISTERS,
    title="Registers",
    says="The marks of one school or of many, for a day or longer. Other layouts are taken too, "
    "a column a session among them.",
    columns=(
        Column("pupil_id", "UPN", help="Unique pupil number.", example="A999400126001"),
        Column("school", "School", help="URN, 999/4001 or the name.", example="999/4001"),
        Column("on", "Date", help="The day, day first.", example="27/11/2026"),
        Column("session", "Session", help="AM or PM.", example="AM"),
        Column("code", "Code", help="The code of the national list.", example="/"),
        Column("year_group", "Year group", help="As the school has it.", example="7"),
    ),
    permission="attendance.load",
    no_undo="Registers are taken back on their own page.",
    sent_at="attendance:register_send",
    shown_at="attendance:register",
)
