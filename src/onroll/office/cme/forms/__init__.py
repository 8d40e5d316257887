"""Forms of a case of missing education, and of what such cases are made with."""
