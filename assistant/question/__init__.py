"""What a question asks for: filters, dates, parts, names, what it wants, follow-ups."""
