"""Words as people type them, made fit to be kept and shown. The room under all others: it imports none."""
