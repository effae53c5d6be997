"""What holds for rows of every room: days within reason, moves of a state, history, transactions."""
