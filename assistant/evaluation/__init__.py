"""Question sets, metrics, runs and their reports."""
