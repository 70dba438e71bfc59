"""What is published works by itself: the wheel, in an empty environment, opens a demonstration."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.proof import ROOT

BUILT = "alongside/ui/static/build/"
pytestmark = pytest.mark.slow


def run(*words: object, cwd: Path = ROOT) -> str:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("ALONGSIDE_", "DJANGO_"))}
    env |= {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
    done = subprocess.run(
        list(map(str, words)), cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(map(str, words))}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Built from a copy, so that nothing but what is kept can get into it."""
    if not (ROOT / BUILT).is_dir():
        pytest.skip("the look is not built: ./run test builds it")
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out)
    (made,) = Path(out).glob("*.whl")
    return made


def test_the_wheel_holds_the_look_the_packs_and_the_templates(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert any(name.startswith(BUILT) and name.endswith(".css") for name in names)
    assert any(name.startswith(BUILT) and name.endswith(".js") for name in names)
    assert any(name.endswith("packs/staged-hostel/1.0.0/pack.toml") for name in names)
    assert "alongside/ui/templates/ui/base.html" in names
    assert not any(name.startswith(("tests/", "bench/")) for name in names)


def test_the_installed_command_prepares_a_demonstration(wheel, tmp_path):
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv is None:
        pytest.skip("there is no uv here to make an environment with")
    python = tmp_path / "empty" / "bin" / "python"
    run(uv, "venv", "-q", "--no-project", "--python", sys.executable, tmp_path / "empty")
    install = [uv, "pip", "install", "-q", "--python", python]
    run(*install, "--require-hashes", "-r", ROOT / "requirements/base.txt")
    run(*install, "--no-deps", wheel)

    run(python.with_name("alongside"), "demo", "--no-serve", cwd=tmp_path)

    made = tmp_path / "var" / "demo"
    assert (made / "alongside.sqlite").stat().st_size > 0
    assert (made / "static" / "staticfiles.json").exists()
