"""What the readers of registers know: the contract register, commitments, and wording that says which help is meant."""
