"""What `check --prove` counts, and what it says about sources."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.answers import Answer
from assistant.cli import main
from assistant.trees import rules
from assistant.trees.check import check_files, check_shipped
from assistant.trees.edition import Edition, read_edition
from assistant.trees.load import shipped_edition, shipped_folder
from assistant.trees.logic import NO, UNSURE, YES, Truth, conjunction, disjunction, negation
from assistant.trees.model import Certainty, Level, Phase
from assistant.trees.prove import Proof, prove
from assistant.trees.statistics import Lengths, build_statistics, statistics_lines
from assistant.walk import walk

from .trees.samples import choices, edition, question, tree

SOURCES = Path(str(shipped_folder())) / "references.yaml"


def small_edition() -> Edition:
    phases = question("phase", choices=choices(*Phase))
    return edition(
        tree(
            phases,
            question("begin"),
            question("early", phases=["idea"]),
            id="scan",
            opens=[{"tree": "review", "when": "begin == 'a'"}],
        ),
        tree(question("core", core=True), question("only_b", when="core == 'b'"), id="review"),
    )


def test_the_shortest_and_longest_walk_are_found_for_each_set_of_trees() -> None:
    made = small_edition()
    statistics = build_statistics(made, prove(made))
    assert statistics.lengths == (
        Lengths(("scan",), 2, 3),
        Lengths(("scan", "review"), 3, 5),
    )
    assert (statistics.never, statistics.not_settled) == ((), ())


def test_questions_are_counted_by_phase_and_depth() -> None:
    made = small_edition()
    counts = {(count.tree, count.phase): count for count in build_statistics(made, []).counts}
    assert counts["scan", Phase.IDEA].all == 3
    assert counts["scan", Phase.PILOT].all == 2
    assert (counts["review", Phase.IDEA].core, counts["review", Phase.IDEA].all) == (1, 2)


def test_what_can_never_happen_and_what_is_not_settled_are_told_apart() -> None:
    made = edition(tree(question("first"), question("never", when="first == 'a' and first == 'b'")))
    statistics = build_statistics(made, prove(made))
    assert (statistics.never, statistics.not_settled) == (("question never",), ())
    gave_up = build_statistics(made, [Proof(("question", "never"), None, settled=False)])
    assert (gave_up.never, gave_up.not_settled) == ((), ("question never",))
    assert "Can never happen: question never" in list(statistics_lines(statistics))


def test_the_same_seed_gives_the_same_numbers() -> None:
    made = small_edition()
    assert build_statistics(made, prove(made), seed=7) == build_statistics(made, prove(made), seed=7)


def test_the_command_prints_them_after_the_proofs() -> None:
    result = CliRunner().invoke(main, ["check", "--prove"])
    assert result.exit_code == 0, result.output
    for begin in ("Questions by phase", "Shortest and longest walk found", "Can never happen: nothing", "Not settled"):
        assert begin in result.stdout


def test_no_stop_rests_only_on_sources_nobody_read_in_the_original() -> None:
    made = shipped_edition()
    weak = [
        signal.id
        for signal in made.signals.values()
        if signal.level is Level.STOP
        and all(made.references[key].certainty is not Certainty.ORIGINAL for key in signal.refs)
    ]
    assert weak == [], "Read a source in the original, or make it a 'high' that says what is open."


def in_doubt(made: Edition, text: str, answered: Truth) -> Truth:
    """A condition when nothing is known: `unsure(x)` holds, everything else said about a question is unsure."""

    def value(expression: rules.Expression) -> Truth:
        match expression:
            case rules.And(parts):
                return conjunction(map(value, parts))
            case rules.Or(parts):
                return disjunction(map(value, parts))
            case rules.Not(part):
                return negation(value(part))
            case rules.FactIs(fact):
                return value(rules.parse(made.facts[fact].when))
            case rules.Raised(signal):
                return value(rules.parse(made.signals[signal].when))
            case rules.Unsure():
                return YES
            case rules.Answered():
                return answered
            case _:
                return UNSURE

    return value(rules.parse(text))


@pytest.mark.parametrize("answered", [YES, NO])
def test_no_certain_stop_or_high_rests_on_not_knowing_alone(answered: Truth) -> None:
    made = shipped_edition()
    heavy = [signal for signal in made.signals.values() if signal.level in (Level.STOP, Level.HIGH)]
    assert len(heavy) > 50
    loose = [signal.id for signal in heavy if in_doubt(made, signal.when, answered) is YES]
    assert loose == [], "What a team does not know makes it attention at most; rest it on something it said."
    light = [signal.id for signal in made.signals.values() if signal not in heavy]
    assert any(in_doubt(made, made.signals[id].when, answered) is YES for id in light), "these may"


@pytest.mark.parametrize("phase", Phase)
def test_a_team_that_knows_nothing_hears_no_certain_stop_or_high(phase: Phase) -> None:
    made = shipped_edition()
    unsure = dict.fromkeys(made.questions, Answer(unsure=True))
    way = walk(made, unsure, phase, date(2026, 11, 21), open_by_hand=tuple(made.tree_ids))
    assert len(way.steps) > 100 or phase.is_early
    assert [one.signal.id for one in way.signals if one.certain and one.signal.level in (Level.STOP, Level.HIGH)] == []


def test_a_source_past_its_day_is_a_warning_with_its_line() -> None:
    latest = max(source.check_by for source in shipped_edition().references.values())
    after = date(int(latest[:4]) + 1, 1, 1)
    report = check_shipped(after)
    assert report.faults == []
    assert len(report.warnings) == len(shipped_edition().references)
    first = report.warnings[0]
    assert Path(first.file).name == "references.yaml"
    lines = SOURCES.read_text(encoding="utf-8").splitlines()
    assert "check_by" in lines[first.line - 1]


def test_without_a_day_no_source_is_overdue_and_on_its_day_it_is_not_yet(tmp_path: Path) -> None:
    file = tmp_path / "references.yaml"
    shutil.copy(SOURCES, file)
    earliest = min(source.check_by for source in shipped_edition().references.values())
    assert check_files([file]).warnings == []
    assert check_files([file], date.fromisoformat(earliest)).warnings == []


def test_the_command_warns_and_still_ends_well() -> None:
    result = CliRunner().invoke(main, ["check", "--today", "2099-01-01"])
    assert result.exit_code == 0
    assert "warning: " in result.stdout
    assert "was to be looked at again by" in result.stdout


def test_every_source_says_when_it_is_looked_at_again_and_not_before_it_was_read() -> None:
    for key, source in shipped_edition().references.items():
        assert source.checked < source.check_by, key
        assert date.fromisoformat(source.check_by) <= date.fromisoformat(source.checked).replace(
            year=int(source.checked[:4]) + 1
        ), f"{key}: a year at most"


def test_an_edition_stored_before_sources_had_such_a_day_is_read_as_it_was() -> None:
    body = json.loads(shipped_edition().body)
    for source in body["references"].values():
        source.pop("check_by", None)
    old = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    read = read_edition(old)
    assert {source.check_by for source in read.references.values()} == {""}
    assert read.body == old
