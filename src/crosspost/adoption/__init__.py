"""Addresses that posts already have elsewhere, put where crosspost looks for them.

    body      an address that the post's own text gives                                 (pure)
    shares    LinkedIn's data export, `Shares.csv`                                      (pure)
    likeness  how alike the text of a post and a share are, whatever was edited by hand (pure)
    matching  which share is which post, and how sure that is                           (pure)
    adopt     the use case: propose, and write what is sure

Nothing here asks LinkedIn, and nothing goes into the ledger: it holds what crosspost did. The address in the file is what
keeps a post from going out again.
"""
