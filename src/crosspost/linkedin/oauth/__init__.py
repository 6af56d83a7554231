"""Signing in: LinkedIn's authorization code flow (3-legged OAuth), refresh, introspection and revocation.

- `scopes`: what is asked for, and reading what was granted (pure)
- `redirect`: what the browser brings back (pure)
- `grant`: what the token endpoint and introspection answer (pure)
- `refusals`: what their error answers mean, as a table (pure)
- `listener`: waits on this machine for the browser to come back
- `transport`: puts Authlib on `linkedin.exchange`: one deadline, no redirects, no kept connections
- `client`: `OAuth`, which puts them together on Authlib's httpx client
"""
