"""`crosspost daemon`: watches a site, keeps time, publishes by the same pipeline as the command.

service    the loop: one thread does all the work, woken by files, moments, signals and a tick
keeper     one account: what goes out next, and sending it
premises   what is loaded: settings, accounts, posts
shelf      which files have changed, and are quiet again
watch      file events, quiet again
stopping   where the work may be abandoned, and where it must be finished
heart      whether the loop still turns
instance   one daemon a ledger, site and account
systemd    READY, WATCHDOG and STOPPING
monitor    /healthz, /readyz and /metrics
bulletin   what is said of posts in the log, and counted
journal    the log, as text or as JSON
"""
