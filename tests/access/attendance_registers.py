"""Who may open the pages on which registers are sent in: for anybody else there are none."""

ACCESS = {
    f"attendance:{name}": "attendance.load"
    for name in (
        "registers", "register_send", "feeds", "feeds_csv", "register", "register_columns",
        "register_apart", "register_refused", "register_not_taken", "register_apply",
        "register_check", "register_reject",
        "register_take_back",
    )
}  # fmt: skip
