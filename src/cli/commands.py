"""Which modules bring commands? Importing this one registers them all, in the order in which help lists them."""

# isort: off
from cli import (  # noqa: F401 - imported for what they register
    init,
    add,
    log,
    due,
    life,
    milestone,
    target,
    registers,
    lists,
    retract,
    status,
    show,
    models,
    exchange,
    audit,
    audit_key,
    audit_prove,
    audit_pack,
    audit_compare,
    audit_sample,
)

# isort: on
from cli.app import app

__all__ = ["app"]
