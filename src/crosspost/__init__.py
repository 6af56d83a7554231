"""crosspost: the posts of a Markdown blog on LinkedIn, as meant, once, with the address written back."""

__version__ = "0.1.0"
