"""Who may open the pages of what the registers say."""

ACCESS = {
    "attendance:home": "attendance.see",
}
