"""Settings: command line, environment, `crosspost.toml` and defaults become one checked value with known origins."""
