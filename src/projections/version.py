"""Which meaning do the rows of the read models have?"""

VERSION = 5
"""Models of another version are rebuilt."""
