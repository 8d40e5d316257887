"""The public form is open to everybody."""

NAMES = [
    "start", "danger", "child", "child_urgent", "professional", "professional_danger",
    "professional_form", "professional_urgent", "received",
]  # fmt: skip

ACCESS = {f"portal:{name}": "public" for name in NAMES}
