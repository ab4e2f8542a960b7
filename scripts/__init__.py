"""What is run by hand, seldom, to make files that are kept in the repository."""
