"""Who may open the pages of what the registers say."""

ACCESS = {
    "attendance:home": "attendance.see",
    "attendance:schools": "attendance.see",
    "attendance:groups": "attendance.see",
    "attendance:codes": "attendance.see",
    "attendance:pupils": "attendance.see",
    "attendance:pupil": "attendance.see",
    "attendance:school": "attendance.see",
    "attendance:school_pupils": "attendance.see",
    "attendance:school_groups": "attendance.see",
    "attendance:school_codes": "attendance.see",
}
