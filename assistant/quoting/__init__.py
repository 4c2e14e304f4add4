"""Answers composed of sentences that stand in the documents."""
