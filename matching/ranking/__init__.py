"""Which requests fit which commitments, how well, and why. numpy is imported by the worker and by commands only."""
