"""Every error a person may meet, as one tree.

    SendError                 any failure told in one sentence (exit 1)
    +-- DocumentError         one document cannot be used; the others can
    |   +-- NeedsOcrError     a PDF without text
    +-- IndexFault           the index folder cannot be used as it is
    |   +-- IndexLockedError  another process is writing
    |   +-- OlderIndex        it was made by an earlier version
    +-- SettingsError         a setting, argument or supplied file is wrong
    +-- QuoteError            a quote is not in the page text (our defect: never shown, always refused)

The message is the sentence people read: what, where, what to do.
"""

from __future__ import annotations


class SendError(Exception):
    """A failure that a person can act on; its message is one plain sentence."""


class DocumentError(SendError):
    """One document cannot be read; trying again without changing the file does not help."""


class NeedsOcrError(DocumentError):
    """A PDF whose pages hold pictures of text and no text."""


class IndexFault(SendError):
    """The index folder is missing, damaged or made by another version; the message says what to run."""


class IndexLockedError(IndexFault):
    """Another process is writing this index; try again when it has finished."""


class SettingsError(SendError):
    """A setting, an argument or a file of supplied facts is wrong."""


class QuoteError(SendError):
    """A quote does not stand in the stored page text. It is refused before anybody sees it."""


class OlderIndex(IndexFault):
    """An index of an earlier version: its papers can be read, and all else made of them anew."""
