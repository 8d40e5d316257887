"""The screens of schools, their calendars and contacts, and of a child's education."""
