"""How the domain says no: a stable code and a sentence."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it is the word of the domain
    """Something the ledger does not take.

    `code` is stable and machine-readable (`wrong-state`); `sentence` says what was refused, why, and
    what to do instead.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
