"""LinkedIn's side: what is sent, what the answers mean, and the one place that opens a socket to it.

- `wire`: request bodies, headers, ids (pure)
- `content`: what a post carries, and the requests that announce files (pure)
- `announced`: what LinkedIn answers to those (pure)
- `author`: which URN the posts carry (pure)
- `rules`: what each error answer proves, as a table (pure)
- `body`: reading an answer's body, whatever it holds (pure)
- `answers`: an answer and the table make an `Answer` (pure)
- `changes`: the same of an edit or a deletion (pure)
- `losses`: what is said where no answer came (pure)
- `listing`: the posts of an author (pure)
- `versions`: LinkedIn's API versions: which live, and which one is sent
- `endpoint`: to which addresses a token may go (pure)
- `redact`: keeps secrets out of logs and messages
- `exchange`: one request and its answer under one deadline; the only socket
- `calls`: a call to the API: address, token, version, one exchange
- `uploads`: files to LinkedIn before the post that names them
- `comments`: a comment on a post
- `client`: `LinkedInPublisher`, which puts them together
- `fitness`: whether settings can be used for it (pure)
- `late`: one that is made when it is first needed
- `oauth`: signing in
"""
