"""How is text out of a ledger shown that could mislead the eye? What steers a screen or turns writing is escaped."""

from __future__ import annotations

import re
from typing import Any

from domain.text import FORBIDDEN
from exchange.report.telling import MARK

_UNSEEN = re.compile(f"(?!{MARK}){FORBIDDEN.pattern}")


def clean(value: Any) -> Any:
    """Texts, and lists and tables of them, with `\\u202e` written out; the marks of `telling` stay."""
    if isinstance(value, str):
        return value if value.isprintable() else _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", value)
    if isinstance(value, dict):
        return {clean(key): clean(one) for key, one in value.items()}
    return [clean(one) for one in value] if isinstance(value, list | tuple) else value
