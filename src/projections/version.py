"""Which meaning do the rows of the read models have?"""

VERSION = 6
"""Models of another version are rebuilt."""
