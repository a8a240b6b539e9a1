"""Finds in source code which texts it asks for."""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass

KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]+)+")
KEY_BEGINNING = re.compile(r"[a-z][a-z0-9_]*\.[A-Za-z0-9_.-]*")
SAYING = frozenset({"say", "_say"})
"""Functions and methods whose first literal argument is a key."""


@dataclass(frozen=True, slots=True)
class TextUse:
    """A key in the code.

    `is_said`: it is the argument of a saying call, so it must exist; otherwise it only looks like one. `is_prefix`: the
    rest is put together when the program runs. `params`: the names given along; None where they cannot be known.
    """

    key: str
    place: str
    is_said: bool
    is_prefix: bool = False
    params: frozenset[str] | None = None


def text_uses(source: str, file: str) -> list[TextUse]:
    """All uses in the Python `source`; `file` names it in their places."""
    uses: list[TextUse] = []
    said: set[ast.AST] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _called_name(node) in SAYING:
            for argument in node.args[:2]:
                use = _use(argument, f"{file}:{node.lineno}", _keywords(node), is_said=True)
                if use:
                    said.add(argument)
                    uses.append(use)
        elif isinstance(node, ast.Constant | ast.JoinedStr) and node not in said:
            use = _use(node, f"{file}:{node.lineno}", None, is_said=False)
            if use:
                uses.append(use)
    return uses


def keys_in_template(text: str, file: str, known: Iterable[str]) -> list[TextUse]:
    """The `known` keys that stand in a text of another kind, such as an HTML template."""
    words = set(KEY.findall(text))
    return [TextUse(key, file, is_said=False) for key in known if key in words]


def _called_name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _keywords(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def _use(node: ast.AST, place: str, params: frozenset[str] | None, *, is_said: bool) -> TextUse | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
        return TextUse(node.value, place, is_said, params=params)
    if isinstance(node, ast.JoinedStr) and len(node.values) > 1:
        first = node.values[0]
        if isinstance(first, ast.Constant) and KEY_BEGINNING.fullmatch(str(first.value)):
            return TextUse(str(first.value), place, is_said, is_prefix=True)
    return None
