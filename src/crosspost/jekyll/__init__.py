"""The author's side: a Jekyll site on disk. Finds posts, reads them, and writes the address on LinkedIn back.

    config        `_config.yml` as a value; broken settings are one clear error
    defaults      front matter defaults of `_config.yml`                              (pure)
    entry_filter  which names and paths Jekyll passes over                            (pure)
    discover      which files are posts: one walk
    post_name     what a file's name and place say of a post                          (pure)
    envelope      where the front matter of a file begins and ends, to the byte       (pure)
    yaml_text     YAML text -> values with line numbers, safely                       (pure)
    plain_yaml    the same of the plain lines that most front matter consists of      (pure)
    front_matter  bytes of a file -> values and body; `handlers`: by python-frontmatter (pure)
    dates         what Jekyll and Ruby understand as a date                           (pure)
    taxonomy      categories and tags                                                 (pure)
    permalink     the address of a post, page or document on its site                 (pure)
    directives    what the author says about LinkedIn in the front matter             (pure)
    wishes        its values, one by one                                              (pure)
    attachments   what it says about pictures, documents, videos, polls and mentions  (pure)
    published     where a post already is on LinkedIn                                 (pure)
    post_reader   bytes of a file -> `Post`: puts the parts above together            (pure)
    index         what deciding needs of every post, kept from one run to the next
    cards         what stands in it of one post                                       (pure)
    includes      the files that Liquid's `include` and `include_relative` name
    post_urls     the names that Liquid's `post_url` understands
    file_urls     the addresses of files that are no posts: pages, documents of collections, files that are copied
    written       what an author wrote in the folder, post or not
    history       what a file had before, and the title in its name
    site          `JekyllSite`, the `PostSource` of a Jekyll site

    write_back    puts the address into a file: the edit, made again when somebody saves the file at the same moment
    edit          bytes of a file -> the same with the address in one place, proven before it counts   (pure)
    edit_yaml     where it goes in YAML; `nodes`: YAML as a tree that knows its places in the text      (pure)
    edit_toml     where it goes in TOML                                                                 (pure)
    splice        one insertion or replacement in a text, and what is to be reached                     (pure)
    replace       compare-and-replace of a file, atomic and durable
    exchange      two files exchange their names in one step, where the system can
    temporary     files beside posts for as long as that takes, and what killed processes left of them
    open_files    whether another program is writing a file
    source_fix    the sure repairs of a file's text, made in its bytes                                  (pure)
    repository    the git repository learns the addresses

"As Jekyll does it" means Jekyll 4 unless said otherwise; the source files named in comments are those of the
repository jekyll/jekyll.
"""
