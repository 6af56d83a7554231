"""From a post to what LinkedIn would get for it: the text, the little text that is sent, the link card.

    draft = compose(post, site, TextPolicy())

`compose` is pure, and the only way to a draft: `preview` shows and `publish` sends what it returns.
"""

from crosspost.compose.draft import compose
from crosspost.compose.template import check_template

__all__ = ["check_template", "compose"]
