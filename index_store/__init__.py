"""Documents in, paragraphs found again."""
