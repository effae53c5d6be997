"""What suppliers and requestors see of matching."""
