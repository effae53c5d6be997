"""What suppliers and contract managers see: commitments, contracts, the ledger's entries, and the own profile."""
