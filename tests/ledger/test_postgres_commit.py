"""Is a change whose commit was not answered left undecided?"""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from ledger.ledger import Ledger
from ledger.postgres_engine import _commit
from ledger.trouble import CannotDecide
from tests import servers
from tests.ledger.given import deciding, new_ledger, party


def test_a_server_that_goes_away_before_it_answers_the_commit_leaves_it_undecided() -> None:
    def record(ledger: Ledger) -> None:
        with ledger.appending() as appending:
            ledger.change(deciding(party("az")), actor="office")
            [pid] = appending.connection.exec_driver_sql("SELECT pg_backend_pid()").one()
            with servers.administrator() as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    with servers.new_schema() as schema, closing(new_ledger(servers.address(schema))) as ledger:
        with pytest.raises(CannotDecide) as undecided:
            record(ledger)
        assert undecided.value.code == "server-gone"
        assert ledger.record.size == 1


class Interrupted:
    """A connection at which Ctrl-C is pressed before anything was committed."""

    def execute(self, _: str) -> None:
        raise KeyboardInterrupt

    def add_notice_handler(self, _: object) -> None:
        """It says nothing."""

    remove_notice_handler = add_notice_handler


def test_an_interruption_while_no_standby_is_waited_for_is_one() -> None:
    connection: Any = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        _commit(connection, None, "corridor")
