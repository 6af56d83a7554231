"""Use cases around the token: get one, keep it fresh, say how it is, give it up.

- `desk`: what all of them work with
- `login`: by browser, or by what a person pastes
- `renewal`: the token for the next request, refreshed where that is possible
- `standing`: what is true of a token now
- `logout`: revoke and forget
- `account`: what is known of an account without asking anybody
- `expiry`: days left, and when to warn (pure)
"""
