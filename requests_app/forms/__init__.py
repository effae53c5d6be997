"""Forms check what people typed and say what to do about it."""
