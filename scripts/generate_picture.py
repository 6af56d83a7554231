"""Write docs/demo.svg, the picture of the README: what `crosspost demo` really prints, shortened to two of its posts.

python scripts/generate_picture.py            # say whether it is stale
python scripts/generate_picture.py --write    # replace it
"""

from __future__ import annotations

import re
import subprocess
import sys
from html import escape
from pathlib import Path

PICTURE = Path(__file__).parent.parent / "docs" / "demo.svg"
COLUMNS, HEIGHT, MARGIN = 92, 19, 16  # characters; pixels a line; pixels
COLOURS = {"✓": "#7ee787", "+": "#7ee787", "-": "#ff7b72", "$": "#79c0ff", "─": "#f0b429"}


def main() -> int:
    """Compare or write, and say so."""
    made = picture()
    if normal(made) == normal(PICTURE.read_text(encoding="utf-8")):
        return 0
    print(PICTURE.name)
    if "--write" in sys.argv:
        PICTURE.write_text(made, encoding="utf-8")
    return 0 if "--write" in sys.argv else 1


def picture() -> str:
    """Run the demo and draw it."""
    crosspost = Path(sys.executable).with_name("crosspost")
    said = subprocess.run([crosspost, "demo"], capture_output=True, text=True, check=True).stdout
    chapters = said.split("\n\n── ")
    published = re.findall(r"^✓ published.*$", chapters[0], re.MULTILINE)
    bold = next(chapter for chapter in chapters if chapter.startswith("_posts/") and "bold-letters" in chapter)
    lines = ["$ crosspost demo", *published, "", *f"── {bold}".rstrip().splitlines()]
    return _svg([line if len(line) <= COLUMNS else line[:COLUMNS] + "…" for line in lines])


def normal(text: str) -> str:
    """Return a picture without what differs from run to run: days and the number of a post."""
    return re.sub(r"urn:li:share:\d+", "URN", re.sub(r"\d{4}-\d\d-\d\d|/\d{4}/", "DAY", text))


def _svg(lines: list[str]) -> str:
    tall = len(lines) * HEIGHT + 2 * MARGIN
    rows = "".join(
        f'<text x="{MARGIN}" y="{MARGIN + 14 + number * HEIGHT}" fill="{_colour(line)}">{_kept(line)}</text>\n'
        for number, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 {tall}" font-family="ui-monospace, Menlo, Consolas, '
        f'DejaVu Sans Mono, monospace" font-size="13.5">\n'
        f'<title>What crosspost demo prints</title>\n<rect width="800" height="{tall}" rx="8" fill="#0f1419"/>\n{rows}</svg>\n'
    )


def _kept(line: str) -> str:
    """Return a line whose blanks a browser does not draw as one."""
    return escape(line).replace("  ", "\N{NO-BREAK SPACE}" * 2)


def _colour(line: str) -> str:
    return COLOURS.get(line.strip()[:1], "#e6edf3")


if __name__ == "__main__":
    sys.exit(main())
