"""Which login recorded a line? Known where a server fills it in by itself, and no program can say otherwise."""

from __future__ import annotations

from sqlalchemy import Connection

from domain.text import shown

SEVERAL = """
SELECT login, array_agg(DISTINCT actor ORDER BY actor) FROM event
GROUP BY login HAVING count(DISTINCT actor) > 1 ORDER BY login
"""


def several(connection: Connection) -> list[str]:
    """Which logins recorded as more than one actor, a sentence each; none in a file, which knows no logins."""
    if connection.dialect.name != "postgresql":
        return []
    return [
        f"The login {shown(login)} recorded as {', '.join(map(shown, actors))}."
        for login, actors in connection.exec_driver_sql(SEVERAL)
    ]
