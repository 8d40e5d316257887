"""What people type about users and the organisation, and what is said when it can't be so."""
