"""Who may do what to a case or a referral, each answer with its reason."""
