"""Answers written by a language model, sentence by sentence checked."""
