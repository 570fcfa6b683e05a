"""Which meaning do the rows of the read models have?"""

VERSION = 2
"""Models of another version are rebuilt."""
