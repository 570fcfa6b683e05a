"""How does a letter look that somebody else will send? (Internet Message Format, RFC 5322)"""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import getaddresses

from domain.text import FORBIDDEN
from exchange.published import visible

ADDRESS = re.compile(r"[^\s@<>()\[\],:;\"\\]+@[^\s@<>()\[\],:;\"\\]+")
"""An address without quotes, comments and literals, which no office needs."""


def as_mail(subject: str, body: str, to: str | None) -> bytes:
    """A draft. Sender and date, and without `to` the address too, are left to who sends it.

    Mail programs open it as unsent, and programs that answer by themselves leave it alone (RFC 3834).
    """
    letter = EmailMessage(policy=SMTP)
    if to is not None:
        letter["To"] = to
    letter["Subject"] = FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", subject)
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Unsent"] = "1"
    letter.set_content(visible(body))
    return letter.as_bytes()


def is_address(text: str) -> bool:
    """May a letter go there? One plain address or several, with names or without, and commas between them."""
    found = getaddresses([text])
    if FORBIDDEN.search(text) or not found or not all(ADDRESS.fullmatch(address) for _, address in found):
        return False
    letter = EmailMessage(policy=SMTP)
    letter["To"] = text
    return not letter["To"].defects
