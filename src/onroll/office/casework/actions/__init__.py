"""Everything that changes a case, a referral or the work around them."""
