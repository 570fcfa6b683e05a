"""A report that can be replayed and checked in any browser, as one file; and its charts and tables by themselves."""
