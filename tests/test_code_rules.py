"""Rules of the house that the syntax trees of the package can show."""
from __future__ import annotations

import ast
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

import rawabit

ROOT = Path(rawabit.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
ROOMS = (
    {"model"},
    {"text.normalise", "source", "demo", "codebook"},
    {"lexicon"},
    {"text", "measure", "gold"},
    {"mention"},
    {"record"},
    {"reader", "coverage", ""},
    {"gate", "ledger"},
    {"catalogue"},
    {"relation"},
    {"brief"},
    {"web"},
    {"cli"},
)
"""From the lowest room to the highest: a module imports from its own room and from lower ones. "" is `rawabit` itself."""
ALONE = {"model", "text.normalise", "source", "demo", "codebook", "text", "measure", "gold", "reader", "coverage", "gate", "ledger"}
"""Rooms of a row that know nothing of the others in it."""


def name_of(path: Path) -> str:
    """The module's name below `rawabit`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> tuple[int, str]:
    """(floor, room) of a module: the longest room name that begins its name."""
    found = [(len(room), floor, room) for floor, rooms in enumerate(ROOMS) for room in rooms if f"{module}.".startswith(f"{room}.")]
    assert found, f"{module} is in no room: put it into ROOMS"
    _, floor, room = max(found)
    return floor, room


def find_imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, module below `rawabit`) of everything of the package that a module imports, at the top or inside a function."""
    known = {name_of(module) for module in MODULES}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "rawabit":
            below = node.module.removeprefix("rawabit").removeprefix(".")
            for alias in node.names:
                inner = f"{below}.{alias.name}".removeprefix(".")
                yield node.lineno, inner if inner in known else below
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.removeprefix("rawabit").removeprefix("."))
                        for alias in node.names if alias.name.split(".")[0] == "rawabit")


def find_literals(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string that the code uses; strings that stand alone (docstrings) say what it does."""
    tree = ast.parse(path.read_text("utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in alone:
            text = node.value.decode("utf-8", "replace") if isinstance(node.value, bytes) else node.value
            if isinstance(text, str):
                yield node.lineno, text


def of_a_language(char: str) -> bool:
    """An Arabic or Cyrillic letter, digit or mark; not a control character."""
    return unicodedata.name(char, "").startswith(("ARABIC", "CYRILLIC")) and unicodedata.category(char) != "Cf"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_word_of_a_language_in_code(path: Path) -> None:
    found = [f"{path.name}:{line}: {text!r}" for line, text in find_literals(path) if any(map(of_a_language, text))]
    assert not found, "language knowledge is data: move it to src/rawabit/lexicon/"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_downward(path: Path) -> None:
    floor, room = room_of(name_of(path))
    for line, module in find_imports(path):
        target, other = room_of(module)
        below = target < floor or other == room or (target == floor and not {room, other} <= ALONE)
        assert below, f"{path.name}:{line}: {room or 'rawabit'} may not import {module}"


def test_model_imports_nothing_else() -> None:
    for path in (ROOT / "model").rglob("*.py"):
        assert {room_of(module)[1] for _, module in find_imports(path)} <= {"model"}, path.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_swallowed(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{path.name}:{node.lineno}: a bare except"
            assert not all(isinstance(line, ast.Pass) for line in node.body), f"{path.name}:{node.lineno}: an error is swallowed"


@pytest.mark.parametrize("path", [path for path in MODULES if "cli" not in path.parts], ids=name_of)
def test_libraries_never_print(path: Path) -> None:
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    assert not [node.lineno for node in calls if isinstance(node.func, ast.Name) and node.func.id == "print"]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_say_what_they_are_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path.name


def test_the_rules_see_what_they_forbid(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text('"""\u0646\u0635"""\nA = "\\u0646"\nB = f"{A} \u0434"\nC = "\\u061c"\nfrom rawabit.model import Span\n', "utf-8")
    assert [line for line, text in find_literals(bad) if any(map(of_a_language, text))] == [2, 3]
    assert list(find_imports(bad)) == [(5, "model")]
    assert room_of("text.normalise") < room_of("lexicon.load") < room_of("text.segment")
