"""What `masthead doctor` looks at, one file for each subject."""
