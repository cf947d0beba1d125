"""The command line with small pieces and small first loads, to be killed in any of them.

Usage: python -m tests.crash.loading ROWS BYTES ARGUMENT…
Files are read ROWS at a time, so that each is many batches; a first load of BYTES takes
the batch door of the server.
"""

import sys

from api import service
from api.cli import main
from loaders import piece

if __name__ == "__main__":
    rows, size, *arguments = sys.argv[1:]
    piece.CHUNK_ROWS = int(rows)  # type: ignore[misc]
    service._LARGE_BYTES = int(size)
    sys.argv = ["creditgraph", *arguments]
    main()
