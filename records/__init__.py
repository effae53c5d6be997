"""What holds for rows of every room: days within reason, history that is never edited, transactions that meet."""
