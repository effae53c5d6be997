"""Staff screens of contracts and commitments."""
