"""Staff screens of the golden thread."""
