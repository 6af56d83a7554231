"""When a post goes out. Pure: moments, rules and what was sent come in as values.

due       its date and delay, or the moment its author names
slots     weekly slots, and which of them is free
forecast  when everything that waits will go out
"""

from __future__ import annotations

from crosspost.schedule.due import SPREAD, due, is_slotted, start_of_day
from crosspost.schedule.slots import following, open_slot

__all__ = ["SPREAD", "due", "following", "is_slotted", "open_slot", "start_of_day"]
