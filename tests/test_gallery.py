"""The gallery of papers is the same each time it is made."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

MAKER = Path(__file__).resolve().parents[1] / "docs" / "make_gallery.py"


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    if not MAKER.is_file():
        pytest.skip("there is no checkout here")
    spec = importlib.util.spec_from_file_location("make_gallery", MAKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "printer", lambda: None)
    return module


def test_the_same_program_gives_the_same_gallery(maker: ModuleType, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        maker.GALLERY = tmp_path / name
        maker.main()
        made.append({path.name: path.read_bytes() for path in maker.GALLERY.iterdir()})

    assert len(made[0]) > 25
    assert [name for name in made[0] if made[0][name] != made[1].get(name)] == []
