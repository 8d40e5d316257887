"""Files from which referrals and cases are read."""
