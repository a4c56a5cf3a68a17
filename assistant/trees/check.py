"""Checks trees together and reports every fault at once: file, line, reason, and a way to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assistant.errors import Fault
from assistant.trees import rules
from assistant.trees.cases import Case, CaseNames, Workshop, cards_of, case_findings, workshop_findings
from assistant.trees.check_parts import Finding, Names, negation_warnings, tree_findings
from assistant.trees.coverage import Coverage, coverage_findings
from assistant.trees.edition import Edition
from assistant.trees.load import (
    Loaded,
    build_edition,
    case_files,
    load_file,
    shipped_folder,
    sources_and_settings,
    tree_files,
    with_values,
)
from assistant.trees.model import References, Settings, Tree
from assistant.trees.onward import Onward, onward_findings
from assistant.trees.program import Node, conditions_of, cycles, dependencies
from assistant.trees.prove import Proof, prove
from assistant.trees.scope import Scope, closest
from assistant.trees.shelf import Shelf, shelf_findings
from assistant.trees.yaml import Path as Place


@dataclass
class Report:
    """What checking found. Faults make trees unusable; warnings ask for a second look."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    edition: Edition | None = None
    files: int = 0


@dataclass(frozen=True)
class Home:
    """Where a name is defined."""

    loaded: Loaded
    place: Place

    def fault(self, reason: str, mend: str = "") -> Fault:
        """A fault at this place."""
        return Fault(self.loaded.read.file, self.loaded.read.line(self.place), reason, mend)


def check_shipped(today: date | None = None) -> Report:
    """Check the trees in the package. With a day: warn of sources that were to be looked at again before it."""
    folder = shipped_folder()
    given = [load_file(path) for path in (*tree_files(folder), *case_files(folder))]
    return _check(given, context=[], today=today)


def check_files(paths: Sequence[Path], today: date | None = None) -> Report:
    """Check these files together. Shipped trees are looked at for names, unless they clash with the files.

    A shipped tree that leans on a name these files took away is a fault too: together they cannot be used.
    """
    given = [load_file(path) for path in paths]
    return _check(given, context=_context(given), today=today)


def _context(given: Sequence[Loaded]) -> list[Loaded]:
    """The shipped files that the given ones do not replace."""
    folder = shipped_folder()
    shipped = [load_file(path) for path in (*tree_files(folder), *case_files(folder))]
    taken = {name for one in given for name in _raw_names(one)}
    kinds = {type(one.part) for one in given}
    context = []
    for one in shipped:
        if isinstance(one.part, Tree):
            if not taken & set(_raw_names(one)):
                context.append(one)
        elif one.part is not None and type(one.part) not in kinds:
            context.append(one)
    return context


def _raw_names(one: Loaded) -> Iterator[str]:
    """Tree, question, fact and signal ids, also of a file whose shape is wrong."""
    data = one.read.data if isinstance(one.read.data, dict) else {}
    if isinstance(data.get("id"), str):
        yield "tree " + data["id"]
    themes = data.get("themes") if isinstance(data.get("themes"), list) else []
    for theme in themes or []:
        questions = theme.get("questions") if isinstance(theme, dict) else None
        for question in questions if isinstance(questions, list) else []:
            if isinstance(question, dict) and isinstance(question.get("id"), str):
                yield question["id"]
    if isinstance(data.get("facts"), dict):
        yield from data["facts"]


def _check(given: Sequence[Loaded], context: Sequence[Loaded], today: date | None) -> Report:
    report = Report(files=len(given))
    report.faults += [fault for one in given for fault in one.read.faults]
    everything = [*given, *context]
    trees = [(one, one.part) for one in everything if isinstance(one.part, Tree)]
    references, settings = sources_and_settings(everything)
    homes = _homes(trees)
    report.faults += _duplicates(trees)
    edition = build_edition((tree for _, tree in trees), references, settings)
    names = Names(
        scope=Scope(edition.questions, edition.facts, edition.signals, edition.thresholds),
        sources=edition.references,
        functions=edition.functions,
        trees=edition.tree_ids,
    )
    for one, written in trees:
        tree = with_values(written, settings.values)
        if one not in given:
            continue
        for place, reason, mend in tree_findings(tree, names):
            report.faults.append(Home(one, place).fault(reason, mend))
        for place, reason, mend in negation_warnings(tree):
            report.warnings.append(Home(one, place).fault(reason, mend))
    report.faults += [fault for one in given for fault in _decider_faults(one, edition)]
    beside = CaseNames(
        questions=edition.questions,
        values=[value.id for value in settings.values],
        cards=cards_of(one.part for one in everything if isinstance(one.part, Workshop)),
        sources=edition.references,
    )
    for one in given:
        report.faults += [Home(one, place).fault(*reason) for place, *reason in _findings_beside(one, beside, edition)]
    if not report.faults:
        beside_them = [(one, with_values(tree, settings.values)) for one, tree in trees if one not in given]
        report.faults += [fault for one, tree in beside_them for fault in _left_hanging(one, tree, names)]
    if today:
        report.warnings += [fault for one in given for fault in _overdue_sources(one, today)]
    if all(one.part is not None for one in given) and not report.faults:
        report.faults += _cycle_faults(edition, homes)
    if all(one.part is not None for one in given) and not report.faults and trees:
        report.edition = edition
        if any(isinstance(one.part, Tree) for one in given):
            _prove(report, edition, homes, {one.read.file for one in given})
    report.faults = sorted(set(report.faults))
    report.warnings = sorted(set(report.warnings))
    return report


def _left_hanging(one: Loaded, tree: Tree, names: Names) -> Iterator[Fault]:
    """Shipped trees are sound, so whatever is wrong in one now comes of the files that are checked."""
    for place, reason, _mend in tree_findings(tree, names):
        mend = "the files that you check took this away: put it back, or change this tree too"
        yield Home(one, place).fault(reason, mend)


def _decider_faults(one: Loaded, edition: Edition) -> Iterator[Fault]:
    """The decider's page can only hold questions that there are; without trees nothing can be said."""
    if not isinstance(one.part, Settings) or not edition.trees:
        return
    for key in ("question", "people", "asked"):
        for n, id in enumerate(getattr(one.part.decider, key)):
            if id not in edition.questions:
                place = Home(one, ("decider", key, n))
                yield place.fault(f"no question is called '{id}'", closest(id, edition.questions))


def _findings_beside(one: Loaded, names: CaseNames, edition: Edition) -> Iterator[Finding]:
    """What is wrong in files that name what stands in the trees, and are no trees themselves."""
    match one.part:
        case Case() as case:
            yield from case_findings(case, names)
        case Workshop() as workshop:
            yield from workshop_findings(workshop, names)
        case Coverage() as coverage:
            yield from coverage_findings(coverage, edition)
        case Onward() as onward:
            yield from onward_findings(onward, edition)
        case Shelf() as shelf:
            yield from shelf_findings(shelf, edition)


def _overdue_sources(one: Loaded, today: date) -> Iterator[Fault]:
    for key, source in one.part.references.items() if isinstance(one.part, References) else ():
        if source.check_by < today.isoformat():
            place = Home(one, ("references", key, "check_by"))
            yield place.fault(f"'{key}' was to be looked at again by {source.check_by}", "read it and renew both dates")


def _homes(trees: Iterable[tuple[Loaded, Tree]]) -> dict[Node, Home]:
    homes: dict[Node, Home] = {}
    for one, tree in trees:
        for node, place in _definitions(tree):
            homes.setdefault(node, Home(one, place))
    return homes


def _definitions(tree: Tree) -> Iterator[tuple[Node, Place]]:
    yield ("tree", tree.id), ("id",)
    for t, theme in enumerate(tree.themes):
        for q, question in enumerate(theme.questions):
            yield ("question", question.id), ("themes", t, "questions", q, "id")
    for id in tree.facts:
        yield ("fact", id), ("facts", id)
    for s, signal in enumerate(tree.signals):
        yield ("signal", signal.id), ("signals", s, "id")
    for o, outcome in enumerate(tree.outcomes):
        yield ("outcome", f"{tree.id}/{outcome.id}"), ("outcomes", o, "id")


def _duplicates(trees: Iterable[tuple[Loaded, Tree]]) -> Iterator[Fault]:
    """Questions, facts and signals share one set of names, so that a condition can only mean one thing."""
    seen: dict[str, Home] = {}
    for one, tree in trees:
        for name, place in _unique_names(tree):
            home = Home(one, place)
            if name in seen:
                first = seen[name].fault("")
                reason = f"'{name}' already stands in {Path(first.file).name}:{first.line}"
                yield home.fault(reason, "give it a name of its own")
            else:
                seen[name] = home


def _unique_names(tree: Tree) -> Iterator[tuple[str, Place]]:
    for (kind, id), place in _definitions(tree):
        yield f"{kind} {id}" if kind in ("tree", "outcome") else id, place
    for t, theme in enumerate(tree.themes):
        yield f"theme {tree.id}/{theme.id}", ("themes", t, "id")
        for q, question in enumerate(theme.questions):
            yield question.code, ("themes", t, "questions", q, "code")
    for s, signal in enumerate(tree.signals):
        yield signal.code, ("signals", s, "code")


def _cycle_faults(edition: Edition, homes: dict[Node, Home]) -> Iterator[Fault]:
    parsed = {text: rules.parse(text) for tree in edition.trees for text in conditions_of(tree)}
    for cycle in cycles(dependencies(edition.trees, parsed)):
        chain = " -> ".join(f"{kind} {id}" for kind, id in cycle)
        yield homes[cycle[0]].fault(f"these wait for each other: {chain}", "let one of them look at something earlier")


def _prove(report: Report, edition: Edition, homes: dict[Node, Home], files: set[str]) -> None:
    """A witness for everything that can happen; a fault for what never can."""
    report.proofs = [p for p in prove(edition) if homes[p.node].loaded.read.file in files]
    words = {"question": "is never asked", "signal": "is never raised"}
    for proof in report.proofs:
        kind, id = proof.node
        says = words.get(kind, "never holds")
        if proof.settled and proof.witness is None:
            reason = f"{kind} '{id}' {says}: its conditions contradict each other"
            report.faults.append(homes[proof.node].fault(reason, "look at its condition and those on its way"))
        elif not proof.settled:
            reason = f"not settled whether {kind} '{id}' ever holds: the search gave up"
            report.warnings.append(homes[proof.node].fault(reason, "make its condition simpler"))
