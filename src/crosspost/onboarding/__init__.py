"""The first five minutes: what kind of blog is this, what would crosspost do with it, and a short `crosspost.toml` for it.

detect   a folder to a found site          reads files
starter  a found site to `crosspost.toml`  pure
tally    what is there, in numbers         reads posts and the ledger
"""
