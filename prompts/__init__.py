"""The prompt texts, one file each, and their loader."""
