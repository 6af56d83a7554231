"""Signing in: consent, codes, access and refresh tokens, introspection, revocation, OpenID Connect."""
