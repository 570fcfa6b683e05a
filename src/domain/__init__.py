"""What a promise is and what may be said of it: values, facts, decisions, status. Pure: no I/O, no clock."""
