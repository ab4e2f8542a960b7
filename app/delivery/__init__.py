"""The public side: reads what is published, and nothing else."""
