"""Is a change whose commit was not answered left undecided?"""

from __future__ import annotations

from contextlib import closing

import pytest

from ledger.ledger import Ledger
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
