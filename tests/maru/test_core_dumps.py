from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from maru.settings import ROOT

CRASH = "from maru.core_dumps import forbid_core_dumps as forbid; import os; {}; os.chdir({!r}); os.abort()"


@pytest.mark.parametrize("hard", [0, 1, 4096, resource.RLIM_INFINITY])
def test_when_core_dumps_are_forbidden_then_no_limit_above_one_byte_is_left_to_anybody_started(hard: int) -> None:
    own = resource.getrlimit(resource.RLIMIT_CORE)[1]
    hard = hard if own == resource.RLIM_INFINITY else min(own, hard) if hard >= 0 else own
    asked = "import resource, subprocess, sys; print(resource.getrlimit(resource.RLIMIT_CORE))"
    program = f"from maru.core_dumps import forbid_core_dumps as forbid; forbid(); forbid(); {asked}"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; subprocess.run([sys.executable, '-c', {asked!r}])"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)),
    )  # fmt: skip
    most = 0 if hard == 0 else 1
    assert sorted(done.stdout.splitlines()) == [f"({most}, {most})"] * 2


@pytest.mark.parametrize("forbidden", [False, True])
def test_when_a_process_crashes_then_a_core_dump_comes_only_where_it_isnt_forbidden(
    forbidden: bool, tmp_path: Path
) -> None:
    pattern = Path("/proc/sys/kernel/core_pattern")
    if not pattern.exists() or not pattern.read_text().startswith("core"):
        pytest.skip("this kernel writes core dumps elsewhere")
    if resource.getrlimit(resource.RLIMIT_CORE)[1] != resource.RLIM_INFINITY:
        pytest.skip("core dumps are forbidden to the tests")
    infinite = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    done = subprocess.run(
        [sys.executable, "-c", CRASH.format("forbid()" if forbidden else "pass", str(tmp_path))],
        cwd=ROOT, capture_output=True, timeout=60, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, infinite),
    )  # fmt: skip
    assert done.returncode < 0
    assert bool(list(tmp_path.glob("core*"))) == (not forbidden)
