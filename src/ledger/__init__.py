"""The record: lines, the tree over them, and the one way to add to it."""
