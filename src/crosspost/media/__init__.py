"""The author's pictures, documents and videos, as LinkedIn would get them.

- `places`: which file of the site a name means, and that it lies inside
- `kinds`: what a file is, by its content
- `pictures`: upright, without metadata, in a form and size that LinkedIn takes
- `gif`: the same for animations, without touching their frames
- `documents`, `videos`: within LinkedIn's limits
- `fetch`: a file that only the site itself has
- `flaw`: what keeps a file from being sent
- `site_files`: `SiteFiles`, which puts them together
"""
