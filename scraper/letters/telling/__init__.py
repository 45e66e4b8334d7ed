"""What is told of a letter: its summary, what moved since the one before, what a revision changed."""
