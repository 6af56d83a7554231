"""The whole job on a sample site, against the sandbox: what `crosspost demo` runs."""
