"""How python-frontmatter reads front matter here: it asks a handler, and is answered with the file as `envelope` split it."""

from __future__ import annotations

import re
import tomllib
from types import MappingProxyType

import frontmatter
from frontmatter.default_handlers import BaseHandler

from crosspost.jekyll import yaml_text

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read(kind: str, metadata: str, *, as_text: frozenset[str]) -> yaml_text.Document:
    """Read front matter that is split off already.

    Args:
        kind: "yaml" or "toml".
        metadata: The front matter without the lines around it.
        as_text: See `yaml_text.load`.

    Raises:
        YamlProblem: It is not valid; the line is counted from the first of the front matter.
    """
    handler = (_Yaml if kind == "yaml" else _Toml)(metadata, as_text)
    frontmatter.parse("", handler=handler)
    return handler.document


class _Handler(BaseHandler):
    """Keeps the document that it was asked to load: its lines and repeated keys as well as its values."""

    document: yaml_text.Document

    def __init__(self, metadata: str, as_text: frozenset[str]) -> None:
        self._metadata = metadata
        self._as_text = as_text

    def split(self, text: str) -> tuple[str, str]:  # noqa: ARG002  # split to the byte already
        return self._metadata, ""


class _Yaml(_Handler):
    def load(self, fm: str) -> dict[str, object]:
        self.document = yaml_text.load(fm, as_text=self._as_text)
        return self.document.values


class _Toml(_Handler):
    def load(self, fm: str) -> dict[str, object]:
        try:
            values = tomllib.loads(fm.replace("\r\n", "\n"))
        except tomllib.TOMLDecodeError as error:
            raise _explain(error, fm) from error
        except RecursionError as error:
            raise yaml_text.YamlProblem("values are nested too deeply", "write them with less nesting", 1) from error
        self.document = yaml_text.Document(values, MappingProxyType({}), ())
        return values


def _explain(error: tomllib.TOMLDecodeError, text: str) -> yaml_text.YamlProblem:
    said = str(error)
    place = _PLACE.search(said)
    line = int(place[1]) if place and place[1] else max(1, text.count("\n"))
    column = int(place[2]) if place and place[2] else None
    message = _PLACE.sub("", said)
    fix = 'check this line; text goes in quotes: key = "value"'
    return yaml_text.YamlProblem(message[:1].lower() + message[1:], fix, line, column)
