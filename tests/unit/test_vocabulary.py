"""The types of `crosspost.model`, each from its module when it is first asked for."""

import inspect
import subprocess
import sys

import pytest

from crosspost import model


@pytest.mark.parametrize("name", model.__all__)
def test_every_type_is_found_in_a_module_of_its_own_name(name):
    found = getattr(model, name)
    assert found is getattr(sys.modules[f"crosspost.model.{model._MODULES[name]}"], name)
    assert not inspect.isclass(found) or found.__module__ == f"crosspost.model.{model._MODULES[name]}"


def test_no_type_is_left_out():
    assert sorted(model._MODULES) == sorted(model.__all__)


def test_what_is_not_there_is_missing_as_anywhere():
    with pytest.raises(AttributeError, match="no attribute 'Nonsense'"):
        model.Nonsense  # noqa: B018 - asking is the point
    with pytest.raises(ImportError):
        from crosspost.model import Nonsense  # noqa: F401, PLC0415 - see above


def test_asking_for_one_type_reads_no_other_module():
    program = (
        "import sys; from crosspost.model import Recorded; print(*(name for name in sys.modules if 'model.' in name))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["crosspost.model.recorded"]
