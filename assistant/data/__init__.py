"""Word lists and calibrated numbers that the answering rules read."""
