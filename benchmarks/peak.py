"""How much memory did another process hold at its peak? Prints kB, as Linux counts them."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the words that are given, silently, and print the peak of their process alone."""
    silent = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    print(usage.ru_maxrss)
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
