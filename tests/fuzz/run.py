"""One promise under atheris: `python tests/fuzz/run.py render -max_total_time=20`. Options are libFuzzer's."""

import sys
from pathlib import Path


def main(name: str, *options: str) -> None:
    """Fuzz until the options say stop; ends the process."""
    import atheris  # noqa: PLC0415 -- not on every machine; importing this module needs none of it

    sys.path.insert(0, str(Path(__file__).parent.parent))
    with atheris.instrument_imports(include=["crosspost", "ftfy"]):
        from fuzz.promises import PROMISES  # noqa: PLC0415 -- instrumented as it is imported
    atheris.Setup([sys.argv[0], "-max_len=400", "-timeout=20", *options], PROMISES[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
