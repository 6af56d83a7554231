"""The local web page over the same use cases as the commands (extra `web`).

guard     who may ask: this machine's own browser, with the key      values
views     what the pages show                                       reads
actions   what a person decides there                                the use cases of the commands
pages     from view to HTML
app       addresses and answers
"""
