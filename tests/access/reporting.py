_KEPT = [
    "policy_add", "edition_add", "edition_correct", "edition_withdraw", "policy_end",
]  # fmt: skip

ACCESS = {
    **{
        f"reporting:{name}": "reports.run"
        for name in ("index", "report", "duties", "duty", "guidance", "policy")
    },
    **{f"reporting:{name}": "letters.templates" for name in _KEPT},
}
