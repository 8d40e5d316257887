"""Who may open the pages on which registers are sent in."""

ACCESS: dict[str, str] = {}
