"""How fast attendance is measured, next to other ways of measuring the same marks.

See `bench/attendance.md` for how it is run and what came out.
"""
