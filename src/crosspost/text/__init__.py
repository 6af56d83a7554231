"""Repairs of the author's text: wrong decodings, styled letters, invisible characters.

Text goes in, text and the list of alterations come out. Clean text comes back as the same object.
"""

from crosspost.text.encoding import repair
from crosspost.text.familiar import familiar, repair_among
from crosspost.text.repaired import Repaired
from crosspost.text.styled import unstyle

__all__ = ["Repaired", "familiar", "repair", "repair_among", "unstyle"]
