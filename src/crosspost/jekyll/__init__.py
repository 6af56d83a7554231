"""The author's side: a Jekyll site on disk. Finds posts, reads them, and writes the address on LinkedIn back.

    config        `_config.yml` as a value; broken settings are one clear error
    defaults      front matter defaults of `_config.yml`                              (pure)
    entry_filter  which names and paths Jekyll passes over                            (pure)
    discover      which files are posts: one walk
    post_name     what a file's name and place say of a post                          (pure)
    envelope      where the front matter of a file begins and ends, to the byte       (pure)
    yaml_text     YAML text -> values with line numbers, safely                       (pure)
    front_matter  bytes of a file -> values and body                                  (pure)
    dates         what Jekyll and Ruby understand as a date                           (pure)
    taxonomy      categories and tags                                                 (pure)
    permalink     the address of a post on its site                                   (pure)
    directives    what the author says about LinkedIn in the front matter             (pure)
    published     where a post already is on LinkedIn                                 (pure)
    post_reader   bytes of a file -> `Post`: puts the parts above together            (pure)
    post_urls     the names that Liquid's `post_url` understands
    site          `JekyllSite`, the `PostSource` of a Jekyll site

"As Jekyll does it" means Jekyll 4 unless said otherwise; the source files named in comments are those of the
repository jekyll/jekyll.
"""
