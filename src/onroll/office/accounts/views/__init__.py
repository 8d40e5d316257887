"""The screens of the organisation and of a person's own account."""
