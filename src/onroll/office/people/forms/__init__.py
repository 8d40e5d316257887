"""What people type about children, checked for its shape."""
