"""What the use cases need from the outside world: time, the site's files, the ledger, LinkedIn.

Rules that a type cannot say stand in the docstrings. All moments are aware datetimes in UTC unless said otherwise.
"""

from crosspost.ports.clock import Clock
from crosspost.ports.ledger import Ledger, UploadRecords
from crosspost.ports.linkedin import Publisher
from crosspost.ports.notifier import Notifier
from crosspost.ports.pages import PageReader
from crosspost.ports.source import Files, OpenFile, PostSource, Repository, Stamp

__all__ = [
    "Clock",
    "Files",
    "Ledger",
    "Notifier",
    "OpenFile",
    "PageReader",
    "PostSource",
    "Publisher",
    "Repository",
    "Stamp",
    "UploadRecords",
]
