"""Exact checks of a statement against a paragraph: numbers, dates, names, negation, who said it.

Each check answers with the disagreements it found, as plain reasons; an empty tuple means that nothing
speaks against the statement. None of them needs a model.
"""
