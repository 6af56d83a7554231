"""`_config.yml` as a value: what crosspost needs of it checked, the rest as parsed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from crosspost.errors import Problem, SettingsError
from crosspost.jekyll import defaults, yaml_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from crosspost.jekyll.defaults import Defaults

# `DEFAULT_EXCLUDES`, `DEFAULTS` and `style_to_permalink` in lib/jekyll/configuration.rb. The defaults are added to the
# site's own excludes since Jekyll 4; Jekyll 3 replaced them.
DEFAULT_EXCLUDES: Final = (
    *(".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules"),
    *("vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/"),
)
DEFAULT_INCLUDES: Final = (".htaccess",)
PERMALINK_STYLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "date": "/:categories/:year/:month/:day/:title:output_ext",
        "pretty": "/:categories/:year/:month/:day/:title/",
        "ordinal": "/:categories/:year/:y_day/:title:output_ext",
        "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none": "/:categories/:title:output_ext",
    }
)
_NAMES = ("_config.yml", "_config.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """What `_config.yml` says; Jekyll's defaults where it says nothing.

    Attributes:
        url: Scheme, host and port, no trailing slash; empty where not set.
        baseurl: Path below the host, with leading and without trailing slash; usually empty.
        permalink: Template for posts; a style's name (`pretty`) is already resolved.
        timezone: For dates without an offset; None where not set.
        future: Whether the site shows posts with a date to come.
        unpublished: Whether the site shows posts that say `published: false`.
        collections_dir: Folder that all `_posts` lie in, no slash at either end; usually empty.
        includes_dir: Folder with the files that Liquid's `include` names, relative to the root.
        destination: Folder that the site is built into, relative to the root; never searched.
        raw: All of the file, for Liquid's `site`.
    """

    url: str = ""
    baseurl: str = ""
    permalink: str = PERMALINK_STYLES["date"]
    timezone: ZoneInfo | None = None
    exclude: tuple[str, ...] = DEFAULT_EXCLUDES
    include: tuple[str, ...] = DEFAULT_INCLUDES
    future: bool = False
    unpublished: bool = False
    collections_dir: str = ""
    includes_dir: str = "_includes"
    destination: str = "_site"
    defaults: tuple[Defaults, ...] = ()
    raw: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def load(root: Path, permalink: str | None = None) -> SiteConfig:
    """Read the configuration of the site in `root`; a site without one has Jekyll's defaults.

    Args:
        root: The site's folder.
        permalink: Instead of what the file says.

    Raises:
        SettingsError: It cannot be read, is not valid YAML, or holds values that make no sense; all of them at once.
    """
    read = _read(root)
    return replace(read, permalink=PERMALINK_STYLES.get(permalink, permalink)) if permalink else read


def _read(root: Path) -> SiteConfig:
    path = next((root / name for name in _NAMES if (root / name).is_file()), None)
    if path is None:
        return SiteConfig()
    try:
        text = path.read_bytes().decode("utf-8-sig")
        document = yaml_text.load(text)
    except yaml_text.YamlProblem as problem:
        what = f"{path}, line {problem.line}: not valid YAML: {problem.message}"
        raise SettingsError(Problem(what=what, fix=problem.fix)) from problem
    except UnicodeDecodeError as error:
        raise SettingsError(Problem(what=f"{path} is not UTF-8", fix="save the file as UTF-8")) from error
    except OSError as error:
        raise SettingsError(
            Problem(what=f"{path} cannot be read: {error.strerror}", fix="check the file's permissions")
        ) from error
    return _Values(path, document).config()


class _Values:
    """Takes values out of the document and collects what is wrong with them."""

    def __init__(self, path: Path, document: yaml_text.Document) -> None:
        self._path = path
        self._document = document
        self._problems: list[Problem] = []

    def config(self) -> SiteConfig:
        collections_dir = self._text("collections_dir").strip("/")
        config = SiteConfig(
            url=self._text("url").strip().rstrip("/"),
            baseurl=_slashed(self._text("baseurl")),
            permalink=self._permalink(),
            timezone=self._timezone(),
            exclude=(*self._list("exclude"), *DEFAULT_EXCLUDES),
            include=self._list("include") if self._get("include") is not None else DEFAULT_INCLUDES,
            future=self._truth("future"),
            unpublished=self._truth("unpublished"),
            collections_dir=collections_dir,
            includes_dir=self._text("includes_dir", default="_includes").removeprefix("./").strip("/"),
            destination=self._text("destination", default="_site").removeprefix("./").strip("/"),
            defaults=defaults.for_kind("posts", self._get("defaults"), collections_dir),
            raw=MappingProxyType(self._document.values),
        )
        if self._problems:
            raise SettingsError(*self._problems)
        return config

    def _get(self, key: str) -> object:
        return self._document.values.get(key)

    def _wrong(self, key: str, allowed: str) -> None:
        line = self._document.lines.get((key,), 1)
        shown = " ".join(yaml_text.text_of(self._get(key)).split())[:60]
        what = f"{self._path}, line {line}: `{key}: {shown}` is not {allowed}"
        self._problems.append(Problem(what=what, fix=f"write {allowed} there, or remove `{key}`"))

    def _text(self, key: str, default: str = "") -> str:
        value = self._get(key)
        if value is None or value is False:  # `baseurl: false` is seen in the wild
            return default
        if not isinstance(value, str):
            self._wrong(key, "a text")
            return default
        return value

    def _truth(self, key: str) -> bool:
        value = self._get(key)
        if value is not None and not isinstance(value, bool):
            self._wrong(key, "true or false")
        return value is True

    def _list(self, key: str) -> tuple[str, ...]:
        value = self._get(key)
        if isinstance(value, str):  # Jekyll 3 took "a, b"
            return tuple(part.strip() for part in value.split(","))
        if value is not None and not isinstance(value, list):
            self._wrong(key, "a list")
        return tuple(yaml_text.text_of(one) for one in value if one is not None) if isinstance(value, list) else ()

    def _permalink(self) -> str:
        # `collections: {posts: {permalink: …}}` stands above `permalink`, and takes no style name.
        collections = self._get("collections")
        posts = collections.get("posts") if isinstance(collections, dict) else None
        template = posts.get("permalink") if isinstance(posts, dict) else None
        if isinstance(template, str):
            return template
        style = self._text("permalink", default="date")
        return PERMALINK_STYLES.get(style, style)

    def _timezone(self) -> ZoneInfo | None:
        name = self._text("timezone").strip()
        if not name:
            return None
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):  # unknown, malformed, or a folder of the database such as `Europe`
            self._wrong("timezone", "a time zone such as Europe/Berlin")
            return None


def _slashed(baseurl: str) -> str:
    path = baseurl.strip().strip("/")
    return f"/{path}" if path else ""
