"""The git repository that a site's files are in learns the addresses that were written into them.

record    the port: obstacles beforehand, one commit afterwards
checkout  what a working tree is at: its branch and upstream, and whether somebody is in the middle of something
changes   the edit, made again in whatever version of a file is to be committed
commit    a commit on the branch that is checked out
push      that commit, or its like on top of what others pushed, to the upstream
branch    a commit on a branch of crosspost's own, for branches that refuse pushes
message   what the commits say, and how crosspost knows its own
request   where a pull or merge request is opened

No command here touches a file of the author's that is not committed: the edit is made in the versions that git has, and what
is staged or changed in the same file stays as it is.
"""
