# Whoever loads lists keeps the sources; for anybody else there are none.
ACCESS = {
    f"linkage:{name}": "find.load"
    for name in (
        "sources", "source", "source_add", "source_edit", "source_retire", "source_restore",
        "source_send", "list", "list_columns", "list_accept", "list_reject", "list_undo",
        "list_destroy",
    )
}  # fmt: skip
