"""Use case: posts to outcomes.

run      what one account's run works with
survey   read and decide                     changes nothing
record   the repository gets the addresses
send     claim, send, settle, write back     the story of one post
publish  all of it, in order
queue    what publish would do               changes nothing
"""
