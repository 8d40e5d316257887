"""What is typed about cases and referrals."""
