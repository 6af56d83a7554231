"""Flush and send what a file says: what httpx and a Python process cost for the work that `publish.py` counts.

Usage: through_httpx.py FILE, with JSON: how many flushes to make (beside FILE), and requests to send over one client.
"""

import json
import os
import sys
from pathlib import Path

import httpx


def main(file: Path) -> None:
    """Do the work of `file`; every request must be answered with a success."""
    work = json.loads(file.read_bytes())
    with file.with_suffix(".flushed").open("wb") as flushed:
        for _ in range(work["flushes"]):
            flushed.write(b"x" * 200)
            flushed.flush()
            os.fsync(flushed.fileno())
    with httpx.Client(base_url=work["url"], trust_env=False) as client:
        for method, target, headers, body in work["requests"]:
            client.request(method, target, headers=headers, content=body.encode()).raise_for_status()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
