"""What can go wrong, each with a name; the message is one line that says what to do."""

from __future__ import annotations

from pathlib import Path


class PilcrowError(Exception):
    """Base of all errors that a user can do something about; printed as one line, exit status 1."""

    exit_status = 1


class WeightsMissing(PilcrowError):
    """The package that carries a model's weights is not installed or lacks a file."""


class WeightsChanged(PilcrowError):
    """A model's file is not the one that Pilcrow was made for."""


class LibraryOfAnotherModel(PilcrowError):
    """The library's vectors were made by another embedding model."""


class LibraryDamaged(PilcrowError):
    """A file of the library can't be read."""


class LibraryNotWritable(PilcrowError):
    """The library's folder can't be written, or its disk is full."""

    @classmethod
    def because(cls, folder: Path, error: OSError) -> LibraryNotWritable:
        """In the words that fit what the system said."""
        if isinstance(error, FileExistsError | NotADirectoryError):
            return cls(f"{folder} is not a folder: let PILCROW_HOME name one, it is made where it isn't there yet.")
        return cls.saying(folder, error.strerror or str(error))

    @classmethod
    def saying(cls, folder: Path, words: str) -> LibraryNotWritable:
        """With the words of the system or a library, and what to do."""
        no_room = any(sign in words.lower() for sign in ("full", "no space", "quota"))
        advice = "make room on its disk" if no_room else "change its rights, or name another folder in PILCROW_HOME"
        return cls(f"The library folder {folder} can't be written ({words}): {advice}.")


class LibraryLocked(PilcrowError):
    """Another process is writing the library."""


class ChromaUnreachable(PilcrowError):
    """The Chroma server does not answer."""


class UnknownDocument(PilcrowError):
    """No document of this id is in the library."""


class UnknownParagraph(PilcrowError):
    """The document has no paragraph of this label."""


class EmptyLibrary(PilcrowError):
    """There is nothing to ask yet."""

    def __init__(self) -> None:
        super().__init__("The library is empty: add documents with `pilcrow index PATH`.")


class BadQuestion(PilcrowError):
    """The question is empty or too long."""


class BadArguments(PilcrowError):
    """A command's arguments don't go together; exit status 2."""

    exit_status = 2


class BadSetting(PilcrowError):
    """A setting or an environment variable has a value that can't be used."""


class BadQuestionSet(PilcrowError):
    """A question set has errors; the message names file and line of each."""


class LanguageModelFailed(PilcrowError):
    """The language model's server is down or slow, or what it sends is no answer; the message says which."""
