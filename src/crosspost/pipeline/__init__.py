"""Use case: posts to outcomes.

run          what one account's run works with
survey       read and decide                     changes nothing
draft        what LinkedIn would get for a post  changes nothing
attachments  what became of the files it needs
unbuilt      whether the page it links to is built by then
publish      all of it, in order
send         claim, send, settle, write back     the story of one post
renamed      whether it went out under another name
evidence     what may settle an uncertain attempt without a person
comment      the first comment under a new post
record       the repository gets the addresses
limits       what LinkedIn's limits and the author's own still allow
slots        which slot is free
approval     a person lets a post go out
left_out     a person leaves a missed post out
change       edit and delete what LinkedIn has
queue        what publish would do               changes nothing
standstill   whether anything goes out at all
"""
