"""Who may open each address of referrals and triage."""

ACCESS = {
    "casework:triage": "referrals.triage",
    "casework:referrals_by_school": "referrals.triage",
    "casework:referrals_mine": "referrals.take",
    "casework:referral_add": "referrals.take",
    "casework:referral_urgent": "referrals.take",
    "casework:referral_taken": "referrals.take",
    "casework:referral": "signed_in",
    "casework:referral_given": "signed_in",
    "casework:referral_complete": "referrals.take",
}
