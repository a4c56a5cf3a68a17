"""Trees from files: YAML made into checked parts, with the line of everything; and the edition that is shipped."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from pydantic import ValidationError

from assistant.errors import Fault, InvalidTrees
from assistant.trees.cases import Case, Workshop
from assistant.trees.coverage import Coverage
from assistant.trees.edition import Edition, read_edition
from assistant.trees.model import Choice, Part, Reference, References, Settings, Tree
from assistant.trees.onward import Onward, read_onward
from assistant.trees.playbook import Playbook, build_playbook, read_playbook
from assistant.trees.shelf import Shelf, read_shelf
from assistant.trees.yaml import Read, read_yaml

SHIPPED: Final = "edition.json"
SHIPPED_PLAYBOOK: Final = "playbook.json"
SHIPPED_ONWARD: Final = "onward.json"
ONWARD: Final = "onward.yaml"
SHIPPED_LIBRARY: Final = "library.json"
LIBRARY: Final = "library.yaml"

P = TypeVar("P", bound=Part)
AnyFile: TypeAlias = Tree | References | Settings | Coverage | Case | Workshop | Onward | Shelf


@dataclass(frozen=True)
class Loaded:
    """One file: the part it holds (None when its shape is wrong) and where everything stands."""

    read: Read
    part: AnyFile | None


def shipped_folder() -> Traversable:
    """Where the shipped question trees lie."""
    return files("question_trees")


@cache
def shipped_edition() -> Edition:
    """The edition in the package, compiled when it was made: no YAML at start or request."""
    return read_edition(shipped_folder().joinpath(SHIPPED).read_bytes())


@cache
def shipped_playbook() -> Playbook:
    """The practice cases and rounds in the package, compiled when it was made."""
    return read_playbook(shipped_folder().joinpath(SHIPPED_PLAYBOOK).read_bytes())


def current_playbook(folder: Path | None = None) -> Playbook:
    """What workshops are made of: of the installation's own folder if it has cases, else the shipped one."""
    return load_playbook(folder) if folder and case_files(folder) else shipped_playbook()


@cache
def shipped_onward() -> Onward:
    """Which answers fill the texts to go on with, compiled when the package was made."""
    return read_onward(shipped_folder().joinpath(SHIPPED_ONWARD).read_bytes())


@cache
def current_onward(folder: Path | None = None) -> Onward:
    """The same of the installation's own folder if it has the file, else the shipped one."""
    return load_onward(folder) if folder and (folder / ONWARD).is_file() else shipped_onward()


@cache
def shipped_shelf() -> Shelf:
    """The examples in the package, compiled when it was made."""
    return read_shelf(shipped_folder().joinpath(SHIPPED_LIBRARY).read_bytes())


def current_edition(folder: Path | None = None) -> Edition:
    """The edition that new dossiers get: of the installation's own folder, or the shipped one."""
    return load_edition(folder) if folder else shipped_edition()


def load_file(path: Path | Traversable) -> Loaded:
    """Read one file of trees or what belongs to them. What is wrong stands in `read.faults`."""
    read = read_yaml(path.read_bytes(), str(path))
    if read.faults and not isinstance(read.data, dict):
        return Loaded(read, None)
    if not isinstance(read.data, dict):
        read.fault((), "a tree is a mapping that starts with format: 1", "see docs/trees.md")
        return Loaded(read, None)
    model = _model_of(read.data)
    return Loaded(read, _validated(model, read))


_KINDS: Final[Mapping[str, type[AnyFile]]] = {
    "themes": Tree,
    "references": References,
    "coverage": Coverage,
    "case": Case,
    "run_sheets": Workshop,
    "dpia": Onward,
    "stories": Shelf,
    "id": Tree,
}


def _model_of(data: Mapping[str, Any]) -> type[AnyFile]:
    return next((model for key, model in _KINDS.items() if key in data), Settings)


def _validated(model: type[P], read: Read) -> P | None:
    """The part, mended where a fault does not hide others, so that all faults come at once."""
    data = copy.deepcopy(read.data)
    seen: set[tuple[Any, ...]] = set()
    for _ in range(4):
        try:
            return model.model_validate(data, strict=False)
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=True, include_input=False)
            details = [detail for detail in found if not _follows(detail, data)]
        for detail in details:
            location = detail["loc"]
            if (location, detail["type"]) not in seen:
                seen.add((location, detail["type"]))
                read.fault(_known_path(location, read), *_reason(detail))
        mended = [_mend(data, detail["loc"], detail["type"]) for detail in details]
        if not all(mended):
            return None
    return None


def _follows(detail: Any, data: Any) -> bool:
    """A list that is only too short because its parts are wrong: those are told already."""
    if detail["type"] != "too_short":
        return False
    for step in detail["loc"]:
        data = data[step]
    return len(data) > 0


def _known_path(location: tuple[str | int, ...], read: Read) -> tuple[str | int, ...]:
    return tuple(step for step in location if step != "[key]")


_TEXTS: Final = ("why", "ask", "says", "title", "about", "label", "action", "more")
_STAND_INS: Final[dict[str, Any]] = {"level": "info", "minutes": 1, "gate": "pilot", "motivation": "none"}


def _mend(data: Any, location: tuple[str | int, ...], kind: str) -> bool:
    """Put a stand-in where that is harmless, so that checking can go on; False where it is not."""
    *way, last = location
    for step in way:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return False
    if kind == "missing" and isinstance(data, dict) and last in ("nl", "en"):
        data[last] = "-"
    elif kind == "missing" and isinstance(data, dict) and last in _TEXTS:
        data[last] = {"nl": "-", "en": "-"}
    elif kind == "extra_forbidden" and isinstance(data, dict):
        data.pop(last, None)
    elif last in ("nl", "en") and isinstance(data, dict):
        data[last] = "-"
    elif kind == "model_type" and last in _TEXTS and isinstance(data, dict):
        data[last] = {"nl": "-", "en": "-"}
    elif last in _STAND_INS and isinstance(data, dict):
        data[last] = _STAND_INS[str(last)]
    else:
        return False
    return True


_LANGUAGE_NAMES: Final = {"nl": "Dutch", "en": "English"}


def _reason(detail: Any) -> tuple[str, str]:
    """What is wrong and how to mend it, without repeating what stands in the file."""
    words = [step for step in detail["loc"] if isinstance(step, str) and step != "[key]"]
    name = words[-1][:60] if words else "file"
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing" if name in _LANGUAGE_NAMES:
            return f"the {_LANGUAGE_NAMES[name]} text is missing", f"add {name}: ..."
        case "missing":
            return f"'{name}' is missing", f"add {name}: ..."
        case "extra_forbidden":
            return f"'{name}' is not a word of the tree language", "see docs/trees.md, or take it away"
        case "enum" | "literal_error":
            return f"'{name}' must be {context.get('expected', 'one of the fixed words')}", "choose one of these"
        case "string_pattern_mismatch":
            pattern = str(context.get("pattern"))
            mend = "use capitals and digits" if pattern.startswith("^[A-Z]") else "use small letters, digits and _"
            return f"'{name}' does not have the shape {pattern}", mend
        case "model_type" if name in _TEXTS:
            return f"'{name}' must be in both languages", f"write {name}: {{nl: ..., en: ...}}"
        case "model_type" | "dict_type":
            return f"'{name}' must be a mapping", "write its parts under it, as key: value"
        case "tuple_type":
            return f"'{name}' must be a list", "put - before each part, or square brackets around them"
        case "string_type" if name in _LANGUAGE_NAMES:
            return f"the {_LANGUAGE_NAMES[name]} text must be text", "put quotes around it"
        case "string_type":
            return f"'{name}' must be text", "put quotes around it"
        case "string_too_short" if name in _LANGUAGE_NAMES:
            return f"the {_LANGUAGE_NAMES[name]} text is empty", "fill it in"
        case "too_short" | "string_too_short":
            return f"'{name}' is empty", "fill it in, or take it away"
        case "string_too_long":
            return f"'{name}' is longer than {context.get('max_length')} characters", "shorten it"
        case _:
            return f"'{name}': {str(detail['msg'])[:120]}", "see docs/trees.md"


def build_edition(trees: Iterable[Tree], references: References, settings: Settings) -> Edition:
    """All of it together, in the order of reading; every value set filled in."""
    return Edition(
        format=1,
        trees=tuple(with_values(tree, settings.values) for tree in in_order(trees)),
        references={key: Reference(**dict(source)) for key, source in references.references.items()},
        thresholds=settings.thresholds,
        functions=settings.functions,
        steps=settings.steps,
        decider=settings.decider,
    )


def with_values(tree: Tree, values: tuple[Choice, ...]) -> Tree:
    """The tree with the organisation's value set where it says `choices_from: values`."""
    if not values:
        return tree

    def filled(part: Any) -> Any:
        return part.model_copy(update={"choices": values}) if part.choices_from else part

    themes = []
    for theme in tree.themes:
        questions = (
            filled(question.model_copy(update={"columns": tuple(map(filled, question.columns))}))
            for question in theme.questions
        )
        themes.append(theme.model_copy(update={"questions": tuple(questions)}))
    return tree.model_copy(update={"themes": tuple(themes)})


def load_edition(folder: Path | Traversable) -> Edition:
    """The edition that a folder of YAML files makes. Raises InvalidTrees with every fault.

    Only its shape is looked at here; `check.check_files` looks at what it means.
    """
    loaded = [load_file(path) for path in tree_files(folder)]
    faults = [fault for one in loaded for fault in one.read.faults]
    trees = [one.part for one in loaded if isinstance(one.part, Tree)]
    if faults or not trees:
        raise InvalidTrees(faults or [Fault(str(folder), 0, "there is no tree in this folder")])
    return build_edition(trees, *sources_and_settings(loaded))


def load_playbook(folder: Path | Traversable) -> Playbook:
    """The playbook that a folder's cases make. Raises InvalidTrees with every fault."""
    loaded = [load_file(path) for path in case_files(folder)]
    faults = [fault for one in loaded for fault in one.read.faults]
    workshops = [one.part for one in loaded if isinstance(one.part, Workshop)]
    if faults or not workshops:
        raise InvalidTrees(faults or [Fault(str(folder), 0, "there is no workshop.yaml among the cases")])
    _, settings = sources_and_settings([load_file(path) for path in tree_files(folder)])
    cases = [one.part for one in loaded if isinstance(one.part, Case)]
    return build_playbook(cases, workshops[0], settings.values)


def load_onward(folder: Path | Traversable) -> Onward:
    """The file onward.yaml of a folder. Raises InvalidTrees with every fault of its shape."""
    loaded = load_file(folder / ONWARD)
    if not isinstance(loaded.part, Onward) or loaded.read.faults:
        raise InvalidTrees(loaded.read.faults or [Fault(loaded.read.file, 1, "it says nothing of a DPIA", "")])
    return loaded.part


def load_shelf(folder: Path | Traversable) -> Shelf:
    """The file library.yaml of a folder, with the answers of its scenarios. Raises InvalidTrees."""
    loaded = load_file(folder / LIBRARY)
    if not isinstance(loaded.part, Shelf) or loaded.read.faults:
        raise InvalidTrees(loaded.read.faults or [Fault(loaded.read.file, 1, "it names no stories", "")])
    stories = (one.model_copy(update=_scenario(folder, one.scenario)) for one in loaded.part.stories)
    return loaded.part.model_copy(update={"stories": tuple(stories)})


def _scenario(folder: Path | Traversable, name: str) -> dict[str, Any]:
    """What a story takes of its scenario: choices and typed texts as they stand, which nobody real ever gave."""
    file = folder / "scenarios" / f"{name}.yaml"
    if not file.is_file():
        raise InvalidTrees([Fault(str(folder / LIBRARY), 0, f"no scenario is called '{name}'", "name another one")])
    data = read_yaml(file.read_bytes(), str(file)).data
    return {"answers": data["answers"], "trees": tuple(data.get("trees") or ())}


def sources_and_settings(loaded: Sequence[Loaded]) -> tuple[References, Settings]:
    """The first of each among the files; empty where there is none."""
    references = (one.part for one in loaded if isinstance(one.part, References))
    settings = (one.part for one in loaded if isinstance(one.part, Settings))
    return next(references, References(format=1, references={})), next(settings, Settings(format=1))


def in_order(trees: Iterable[Tree]) -> list[Tree]:
    """Document order: the trees where everyone begins, then the trees they open, as they list them."""
    by_id = {tree.id: tree for tree in trees}
    opened = {opens.tree for tree in by_id.values() for opens in tree.opens}
    queue = sorted(id for id in by_id if id not in opened)
    for id in queue:
        queue += [opens.tree for opens in by_id[id].opens if opens.tree in by_id and opens.tree not in queue]
    queue += sorted(set(by_id) - set(queue))
    return [by_id[id] for id in dict.fromkeys(queue)]


def tree_files(folder: Path | Traversable) -> list[Path | Traversable]:
    """The YAML files of a folder, by name."""
    found = [path for path in folder.iterdir() if path.name.endswith(".yaml") and path.is_file()]
    return sorted(found, key=lambda path: path.name)


def case_files(folder: Path | Traversable) -> list[Path | Traversable]:
    """The practice cases beside the trees, and the workshop's own file, by name."""
    cases = folder / "cases"
    return tree_files(cases) if cases.is_dir() else []
