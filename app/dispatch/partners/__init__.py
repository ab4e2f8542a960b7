"""Partners: who gets feeds under a key, how much of them, and what they used."""
