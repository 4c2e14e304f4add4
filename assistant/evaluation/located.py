"""JSON Lines and YAML read into plain values that know the line they stand on.

Scalars come as text, booleans or None: a number or a date comes as it is written, for an id, a label or a fact
`007` is no 7. Nothing here raises on any text: what can't be read is returned as an error with its line.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

Errors = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Located:
    """A value and the line it stands on, 1 for the first."""

    value: Any
    line: int
    lines: dict[int, int] = field(default_factory=dict, repr=False)
    """The line of each list and object inside, by `id`; where one is missing `line` stands for it."""

    def line_of(self, part: object) -> int:
        """The line on which a list or object inside the value begins."""
        return self.lines.get(id(part), self.line)


class _Unreadable(ValueError):
    pass


def located_json(text: str) -> tuple[list[Located], Errors]:
    """Each line's value; empty lines and those that begin with `#` are skipped."""
    found: list[Located] = []
    errors: Errors = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            value = json.loads(
                line, object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=_no_constant
            )
            json.dumps(value, ensure_ascii=False).encode()
        except json.JSONDecodeError as error:
            errors.append((number, f"not a line of JSON: {error.msg} (column {error.colno})"))
        except UnicodeEncodeError:
            errors.append((number, "half of a surrogate pair (\\ud800 to \\udfff) stands alone"))
        except _Unreadable as error:
            errors.append((number, str(error)))
        except RecursionError:
            errors.append((number, "nested too deeply"))
        else:
            found.append(Located(value, number))
    return found, errors


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for key, value in pairs:
        if key in whole:
            raise _Unreadable(f"the key '{key}' is given twice")
        whole[key] = value
    return whole


def _no_constant(name: str) -> NoReturn:
    raise _Unreadable(f"{name} is no value of JSON")


def located_yaml(text: str) -> tuple[list[Located], Errors]:
    """The entries of the list that the file is, or of the lists of all its documents."""
    found: list[Located] = []
    try:
        for node in yaml.compose_all(text, Loader=yaml.SafeLoader):
            if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null":
                continue
            if not isinstance(node, yaml.SequenceNode):
                return found, [(_line(node), "a question set in YAML is a list: each question begins with '- id: ...'")]
            for entry in node.value:
                lines: dict[int, int] = {}
                value = _plain(entry, lines, {}, ())
                found.append(Located(value, _line(entry), lines))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else text[: getattr(error, "position", 0)].count("\n") + 1
        return found, [(line, f"not YAML: {getattr(error, 'problem', None) or getattr(error, 'reason', error)}")]
    except _Unreadable as error:
        line, message = error.args
        return found, [(line, message)]
    except RecursionError:
        return found, [(1, "nested too deeply")]
    return found, []


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _plain(node: yaml.Node, lines: dict[int, int], made: dict[int, Any], above: tuple[int, ...]) -> Any:
    """The node as plain values. An alias gives the very value of its anchor, so nothing grows; none may hold itself."""
    if id(node) in above:
        raise _Unreadable(_line(node), "an alias that holds itself")
    if id(node) in made:
        return made[id(node)]
    value: Any
    inside = (*above, id(node))
    if isinstance(node, yaml.MappingNode):
        value = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None:
                raise _Unreadable(_line(key_node), "a key must be plain text")
            if key in value:
                raise _Unreadable(_line(key_node), f"the key '{key}' is given twice")
            value[key] = _plain(value_node, lines, made, inside)
    elif isinstance(node, yaml.SequenceNode):
        value = [_plain(entry, lines, made, inside) for entry in node.value]
    else:
        value = _scalar(node)
    lines[id(value)] = _line(node)
    made[id(node)] = value
    return value


def _scalar(node: yaml.Node) -> str | bool | None:
    text = str(node.value)
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool":
        return text.lower() in {"true", "yes", "on"}
    return text
