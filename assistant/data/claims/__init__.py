"""Word lists that the checks of statements use."""
