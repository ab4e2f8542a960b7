"""Telling the world: what follows the change log, and what is pushed to others.

A consumer turns changes into errands; a job runs them, away from any transaction, again and again
until they are done or given up.
"""
