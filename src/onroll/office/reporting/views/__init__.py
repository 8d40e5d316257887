"""Reports on screen and as files."""
