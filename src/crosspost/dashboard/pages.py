"""From a view to HTML: templates that escape everything, and where htmx comes from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from datetime import datetime, tzinfo


@cache
def environment(zone: tzinfo) -> Environment:
    """Return the templates, with moments told in the site's zone."""
    templates = Environment(
        loader=PackageLoader("crosspost.dashboard"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    templates.filters["moment"] = lambda moment: _moment(moment, zone)
    templates.filters["safe_text"] = safe
    return templates


def _moment(moment: datetime | None, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%a %Y-%m-%d %H:%M}" if moment else "–"


@cache
def static(name: str) -> bytes:
    """Return a file of ours: the one stylesheet, the one script."""
    return files("crosspost.dashboard").joinpath("static", name).read_bytes()


@cache
def htmx() -> bytes:
    """Return htmx 2 as django-htmx ships it; the package is looked up, not imported, so that nothing of Django runs.

    Raises:
        FileNotFoundError: There is none, or of another version alone.
    """
    spec = find_spec("django_htmx")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("django_htmx is not installed")
    return (Path(spec.origin).parent / "static" / "django_htmx" / "htmx-2.min.js").read_bytes()
