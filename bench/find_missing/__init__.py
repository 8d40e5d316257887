"""How well the search finds children on no roll, next to other ways of linking the same lists.

See `bench/find_missing.md` for how it is run and what came out.
"""
