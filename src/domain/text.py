"""Which text and which keys may enter the ledger?"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, get_args

from domain.refused import Refused

LONGEST = 10_000
"""Characters in one text, at most."""

# C0 and C1 controls, line and paragraph separators, the bidirectional embeddings, overrides and isolates, surrogates.
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
RULE = "use a-z, 0-9 and -, up to 64 characters, beginning with a letter or digit"
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
# casefold() would make "İ" two characters, and a Turkish dotted I must never break a key.
_DOTTED = str.maketrans({"İ": "i", "I": "i", "\N{LATIN SMALL LETTER DOTLESS I}": "i"})


def text(value: str, what: str) -> str:
    """The text as it is stored: NFC, trimmed. `what` names it in the refusals `bad-text` and `blank`."""
    clean = unicodedata.normalize("NFC", value).strip()
    if len(clean) > LONGEST:
        raise Refused("bad-text", f"The {what} has {len(clean):,} characters; at most {LONGEST:,} fit. Shorten it.")
    found = FORBIDDEN.search(clean)
    if found:
        raise Refused(
            "bad-text",
            f"The {what} holds the character U+{ord(found.group()):04X}, which cannot be shown safely. Leave it out.",
        )
    if _blank(clean):
        raise Refused("blank", f"The {what} is blank. Write it out.")
    return clean


def check_text(value: str, what: str) -> None:
    """Is a text of a fact as `text` stores it? Refused: `bad-text`, `blank`."""
    if value.isascii() and value.isprintable() and len(value) <= LONGEST and value[:1] not in ("", " "):
        clean = value.rstrip(" ")  # the common case, quickly
    else:
        clean = text(value, what)
    if clean != value:
        raise Refused("bad-text", f"The {what} is not as it is stored: trimmed, in Unicode's normal form NFC.")


def maybe(value: str | None, what: str) -> str | None:
    """The same as `text` for one that may be left out."""
    return None if value is None else text(value, what)


def required(reason: str | None) -> str:
    """The reason of a fact that may not be recorded without one. Refused: `no-reason`, `bad-text`."""
    check_reason(reason or "")
    return text(reason or "", "reason")


def check_reason(reason: str) -> None:
    """Does a reason say anything? Refused: `no-reason`."""
    if _blank(reason):
        raise Refused("no-reason", 'A reason is needed. Give it with --because "…".')


def _blank(value: str) -> bool:
    """Is there nothing to be seen, as in spaces and zero-width characters?"""
    return not value[:1].isalnum() and all(unicodedata.category(sign) in _UNSEEN for sign in value)


def key(value: str, what: str = "key") -> str:
    """A key in its stored form: capitals lowered. Refused: `bad-key`, with the nearest key that would do."""
    lowered = unicodedata.normalize("NFC", value).strip().translate(_DOTTED).lower()
    if KEY.fullmatch(lowered):
        return lowered
    near = slug(value)
    hint = f" Try {near}." if near else ""
    raise Refused("bad-key", f"{shown(value)} is no {what}: {RULE}.{hint}")


def check_key(value: str, what: str) -> None:
    """Is a key of a fact in its stored form? Refused: `bad-key`."""
    if not KEY.fullmatch(value):
        raise Refused("bad-key", f"{shown(value)} is no {what} as it is stored: {RULE}.")


def item(value: str) -> str:
    """`fibre` or `fibre/landing-aktau` in stored form. Refused: `bad-key`."""
    commitment, slash, milestone = value.partition("/")
    return f"{key(commitment)}/{key(milestone, 'milestone key')}" if slash else key(commitment)


def slug(value: str) -> str:
    """The key that a title suggests: letters stripped of their marks, the rest dashes; may be empty."""
    plain = unicodedata.normalize("NFKD", value.translate(_DOTTED).lower().replace("ə", "e"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].rstrip("-")


def shown(value: str, longest: int = 60) -> str:
    """Typed text as a sentence may quote it: short, with what is invisible escaped."""
    cut = value if len(value) <= longest else value[: longest - 1] + "…"
    return "'" + FORBIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", cut) + "'"


def same_office(one: str, other: str) -> bool:
    """Are two spellings the same office? Compared NFC, trimmed, casefolded, without what cannot be seen."""
    return folded_office(one) == folded_office(other)


def folded_office(name: str) -> str:
    """What all spellings of an office have in common."""
    seen = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", seen).casefold())
    return " ".join(folded.split())


def choice(allowed: Any, value: str, what: str) -> Any:
    """One word of a closed list (a `Literal` type). Refused: `bad-choice`, listing the words."""
    words = get_args(allowed)
    lowered = value.strip().lower()
    if lowered in words:
        return lowered
    raise Refused("bad-choice", f"{shown(value)} is no {what}. It is one of: {', '.join(words)}.")
