"""All that has to be there before a command can start."""

import importlib
import importlib.util
import sys
from pathlib import Path

from devtools.bootstrap import apt, environment
from devtools.bootstrap.environment import Profile
from devtools.bootstrap.needs import RUN_NEEDS, TEST_NEEDS, Need, venv_needs
from devtools.problem import Problem


def for_running() -> Path:
    """What the product runs on; answers .venv's interpreter."""
    return _prepare(Profile.RUN, RUN_NEEDS)


def for_checking() -> Path:
    """The tools that judge the code, without the servers and programs that tests start."""
    return _prepare(Profile.DEV, RUN_NEEDS)


def for_testing() -> Path:
    """The tools, and PostgreSQL, CUPS, Xvfb and poppler, which tests start themselves."""
    return _prepare(Profile.DEV, RUN_NEEDS + TEST_NEEDS)


def all_needs() -> tuple[Need, ...]:
    """Everything that this machine may be asked for."""
    return _needs_of_venv() + RUN_NEEDS + TEST_NEEDS


def _prepare(profile: Profile, needs: tuple[Need, ...]) -> Path:
    apt.ensure(_needs_of_venv() + needs)
    importlib.invalidate_caches()
    if not _has_ensurepip():
        raise Problem(
            "this Python comes without ensurepip, so it cannot make .venv."
            " On Debian and Ubuntu the package python3-venv brings it."
        )
    return environment.ensure(profile)


def _needs_of_venv() -> tuple[Need, ...]:
    return venv_needs(sys.version_info.minor, has_ensurepip=_has_ensurepip())


def _has_ensurepip() -> bool:
    return importlib.util.find_spec("ensurepip") is not None
