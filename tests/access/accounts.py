"""Who may open each address of the organisation."""

READ = ["structure", "history", "team", "bodies", "localities", "roles"]
OWN = ["profile", "secure", "cover", "cover_add", "cover_end"]
EDIT = [
    "service_add", "service_edit", "team_add", "team_edit", "team_place", "team_deliver",
    "team_close", "member_add", "member_end", "body_add", "body_edit", "locality_add",
    "locality_edit", "appoint", "stand_down", "post_add", "post_edit", "post_hold", "post_leave",
    "post_withdraw",
    "users", "user_invite", "user", "user_edit", "user_link", "user_close", "user_open",
    "user_factors", "role_give", "role_end", "authority", "authority_edit", "recordings",
    "recording_add", "recording_edit", "rules_edit", "locality_areas",
]  # fmt: skip

ACCESS = {
    **{f"accounts:{name}": "signed_in" for name in [*READ, *OWN]},
    **{f"accounts:{name}": "organisation.edit" for name in EDIT},
    **{f"accounts:{name}": "sealed.change" for name in ["cleared", "role_agree", "role_refuse"]},
    "accounts:posts": "reports.run",
    "accounts:journal": "journal.read",
    "accounts:choose_password": "public",
}
