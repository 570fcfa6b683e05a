"""How is a short thing that somebody typed, a date or an amount, made ready to be read?"""

from __future__ import annotations

import unicodedata

from domain.refused import Refused

LONGEST = 100
"""Characters of a date or an amount, at most."""


def typed(text: str, code: str, what: str) -> str:
    """The text trimmed, NFC, and each run of white space one space. `code` is the refusal of one that is too long."""
    if len(text) > LONGEST:
        raise Refused(code, f"{what} has at most {LONGEST} characters; {len(text):,} were given. Shorten it.")
    return " ".join(unicodedata.normalize("NFC", text).split())
