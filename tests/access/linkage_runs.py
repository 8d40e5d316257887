"""Who may open the addresses of searches and of whom they found."""

ACCESS = {
    **{f"linkage:{name}": "find.load" for name in ("run_new", "run_stop")},
    "linkage:yields": "find.figures",
    # Whoever sees figures may open these too: tests/test_permission_matrix.py.
    **{f"linkage:{name}": "find.clear" for name in ("find", "runs", "run")},
    **{
        f"linkage:{name}": "find.clear"
        for name in (
            "found", "found_csv", "found_print", "answer_many", "answers_take_back", "candidate",
            "candidate_print", "answer_one", "look_into",
        )
    },
    "linkage:sealed_found": "sealed.read",
    "linkage:to_keepers": "sealed.read",
}  # fmt: skip
