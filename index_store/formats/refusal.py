"""How a reader says that it can't read a file."""


class Refusal(Exception):
    """The message is the `reason` of an `Unreadable`: one line that says what to do."""
