"""The command line: thin click commands. Exit codes: 0 ok, 1 faults found, 2 wrong use or input, 3 environment."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

import exports
from assistant import clock
from assistant.answers_file import AnswersFile, read_answers
from assistant.dossier import AUDIENCES, Audience, Dossier, ProjectFacts, build_dossier
from assistant.errors import AssistantError, Faulty, NotFound, NotReady, Unavailable, UnknownEdition
from assistant.people_cli import adopt, find_owner, invite_admin, publish
from assistant.settings import LOOPBACK, load_settings
from assistant.store_cli import backup, doctor, reindex_queue, restore, tick
from assistant.theme_cli import theme as theme_commands
from assistant.trees.load import current_edition
from assistant.trees.model import Language
from exports import to_pdf

FAULTS, WRONG_INPUT, ENVIRONMENT = 1, 2, 3

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DAY = click.DateTime(formats=["%Y-%m-%d"])


class _Assistant(click.Group):
    """Turns what the core raises into a message and an exit code, in one place."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (Faulty, UnknownEdition, NotFound) as error:
            _say(_message(error), err=True)
            ctx.exit(WRONG_INPUT)
        except (NotReady, Unavailable, OSError) as error:
            _say(str(error), err=True)
            ctx.exit(ENVIRONMENT)


def _message(error: AssistantError) -> str:
    if isinstance(error, UnknownEdition):
        return f"This installation does not hold edition {error}. Ask for it where the file was made."
    if isinstance(error, NotFound):
        return "There is no such dossier."
    return str(error)


def _say(text: str, *, err: bool = False) -> None:
    click.echo(text, err=err)


@click.group(cls=_Assistant, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("ethical-review-assistant"), prog_name="assistant")
def main() -> None:
    """Think through the ethics and privacy of a data project before the analysis starts."""


@main.command()
@click.argument("answers", type=_FILE)
@click.option("--to", "format", type=click.Choice(list(exports.FORMATS)), default="markdown", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead of to the screen."
)
@click.option("--language", type=click.Choice(["nl", "en"]), help="Other than the language of the file.")
@click.option("--today", type=_DAY, help="Reckon from this date instead of today.")
@click.option("--audience", type=click.Choice(AUDIENCES), default="team", show_default=True, help="Who reads it.")
@click.option("--archive", is_flag=True, help="PDF for the archive: the dossier's JSON is in it.")
def dossier(
    answers: Path,
    format: str,
    output: Path | None,
    language: Language | None,
    today: Any,
    audience: Audience,
    archive: bool,
) -> None:
    """Make a dossier of an answers file: the main job without a browser."""
    if archive and (format != "pdf" or audience != "team"):
        raise click.UsageError("--archive goes with --to pdf for the team: it holds everything.")
    made = _dossier(_read(answers), language, today, audience)
    _write(to_pdf.render(made, archive=True) if archive else exports.FORMATS[format].render(made), output)


@main.command()
@click.argument("answers", type=_FILE)
@click.option("--language", type=click.Choice(["nl", "en"]), help="Other than the language of the file.")
@click.option("--today", type=_DAY, help="Reckon from this date instead of today.")
@click.option("--json", "as_json", is_flag=True, help="For a script: path, signals, open points and outcome.")
def walk(answers: Path, language: Language | None, today: Any, as_json: bool) -> None:
    """Show what is asked, what comes next and what the answers of a file raise."""
    made = _dossier(_read(answers), language, today)
    if as_json:
        data = made.model_dump(
            mode="json", include={"path", "signals", "open_points", "outcome", "later", "conclusions"}
        )
        _say(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for theme in made.themes:
        _say(f"\n{theme.title}")
        for answer in theme.answers:
            said = "; ".join(answer.lines) or answer.mark_says
            _say(f"  {answer.code:6} {answer.ask}  [{said[:100]}]")
    _say("")
    for signal in made.signals:
        doubt = "" if signal.certainty == "certain" else f" ({made.words['possible']})"
        _say(f"{signal.level_says}{doubt}: {signal.says} ({signal.code})")
        _say("  " + "; ".join(f"{reason.ask} {reason.answer}" for reason in signal.because))
    _say(f"\n{made.outcome.says}. {made.outcome.explains}")


@main.command()
@click.argument("files", nargs=-1, type=_FILE)
@click.option("--prove", is_flag=True, help="Show for everything a set of answers that reaches it, and how long it is.")
@click.option("--today", type=_DAY, help="Warn of sources that were to be looked at again before this date.")
def check(files: Sequence[Path], prove: bool, today: Any) -> None:
    """Check question trees, the shipped ones if none are named. Reports every fault at once."""
    from assistant.trees.check import check_files, check_shipped

    day: date | None = today.date() if today else None
    report = check_files(files, day) if files else check_shipped(day)
    for fault in report.faults:
        _say(str(fault))
    for warning in report.warnings:
        _say(f"warning: {warning}")
    if prove:
        for proof in report.proofs:
            witness = {id: _shown(given) for id, given in (proof.witness or {}).items()}
            _say(f"{proof.node[0]} {proof.node[1]}: {json.dumps(witness, ensure_ascii=False)}")
    if prove and report.edition:
        from assistant.trees.statistics import build_statistics, statistics_lines

        for line in statistics_lines(build_statistics(report.edition, report.proofs)):
            _say(line)
    settled = sum(proof.settled for proof in report.proofs)
    _say(
        f"{report.files} files: {len(report.faults)} faults, {len(report.warnings)} warnings; "
        f"{settled} of {len(report.proofs)} questions, facts, signals and outcomes settled."
    )
    sys.exit(FAULTS if report.faults else 0)


def _shown(given: Any) -> Any:
    if given.not_applicable:
        return "not applicable"
    return given.value if given.value is not None else "unsure"


@main.command()
@click.argument("tree")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead of to the screen."
)
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Of the words.")
def draw(tree: str, output: Path | None, language: Language) -> None:
    """Draw a question tree as a picture (SVG): its themes, questions, and what they can raise."""
    from assistant.draw import draw_tree

    edition = current_edition(load_settings().trees_dir)
    if tree not in edition.tree_ids:
        raise click.UsageError(f"There is no tree '{tree}'. There are: {', '.join(edition.tree_ids)}.")
    _write(draw_tree(edition, edition.tree_ids[tree], language).encode(), output)


@main.command()
@click.argument("of", type=click.Choice(["tree", "references", "settings", "dossier"]), default="tree")
def schema(of: str) -> None:
    """Print the JSON Schema of a tree (for an editor), of its companions, or of the dossier's JSON."""
    _say(schema_text(of), err=False)


def schema_text(of: str) -> str:
    """A JSON Schema as text, ending without a line end."""
    from assistant.trees import model

    parts: dict[str, type[BaseModel]] = {
        "tree": model.Tree,
        "references": model.References,
        "settings": model.Settings,
        "dossier": Dossier,
    }
    described = parts[of].model_json_schema(mode="serialization" if of == "dossier" else "validation")
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **described}, indent=2)


@main.group(invoke_without_command=True)
@click.pass_context
def trees(ctx: click.Context) -> None:
    """List the question trees of this installation, with the hash of the edition."""
    if ctx.invoked_subcommand:
        return
    edition = current_edition(load_settings().trees_dir)
    _say(f"edition {edition.hash}")
    for tree in edition.trees:
        questions = list(tree.questions)
        core = sum(question.core for question in questions)
        _say(
            f"  {tree.id:16} {tree.title['en']}: {len(questions)} questions ({core} core), {len(tree.signals)} signals"
        )


@trees.command("compile")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def compile_trees(folder: Path) -> None:
    """Check a folder of trees; write what the package ships: edition.json, playbook.json, tree.schema.json and more."""
    from assistant.trees.check import check_files
    from assistant.trees.load import case_files, load_onward, load_playbook, load_shelf, tree_files

    found = [*tree_files(folder), *case_files(folder)]
    report = check_files([path for path in found if isinstance(path, Path)])
    if report.faults or report.edition is None:
        raise Faulty(report.faults)
    (folder / "edition.json").write_bytes(report.edition.body)
    (folder / "tree.schema.json").write_text(schema_text("tree") + "\n", encoding="utf-8")
    if case_files(folder):
        (folder / "playbook.json").write_bytes(load_playbook(folder).body)
    if (folder / "onward.yaml").exists():
        (folder / "onward.json").write_bytes(load_onward(folder).body)
    if (folder / "library.yaml").exists():
        (folder / "library.json").write_bytes(load_shelf(folder).body)
    _say(f"edition {report.edition.hash}")


@main.command("import")
@click.argument("file", type=_FILE)
@click.option("--owner", metavar="EMAIL", help="Whose dossier it becomes; needed where people sign in.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the database and keys.")
def import_file(file: Path, owner: str | None, data: Path | None) -> None:
    """Make a new draft of the answers in a dossier's JSON or an answers file.

    Only answers, title and organisation are taken over. Everything derived is derived again.
    """
    from assistant import opening

    settings = load_settings(data_dir=data)
    if not (owner or settings.is_demo):
        raise click.UsageError("Say whose dossier it becomes: --owner EMAIL.")
    shell = opening.open_shell(settings)
    made = opening.import_answers(shell, file.read_bytes(), str(file), find_owner(shell, owner) if owner else "")
    _say(f"{made.number} {made.id}")


@main.command()
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the database and keys.")
def verify(data: Path | None) -> None:
    """Check that no saved dossier, event or edition was changed behind the assistant's back."""
    from assistant import opening
    from assistant.store.audit import verify_all

    shell = opening.open_shell(load_settings(data_dir=data))
    report = verify_all(shell.engine, shell.audit_key)
    for fault in report.faults:
        _say(fault)
    counts = f"{report.dossiers} dossiers, {report.events} events, {report.editions} editions"
    _say(f"{counts}: {len(report.faults)} faults.")
    sys.exit(FAULTS if report.faults else 0)


@main.command()
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the database and keys.")
def migrate(data: Path | None) -> None:
    """Bring the database to the newest tables. SQLite does this by itself at start, after a copy."""
    from assistant.store.database import open_database, upgrade

    copy = upgrade(open_database(load_settings(data_dir=data).url))
    _say(f"The database is up to date. A copy of how it was: {copy}" if copy else "The database is up to date.")


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Another than loopback asks for ASSISTANT_BASE_URL."
)
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the database and keys.")
@click.option("--example", is_flag=True, help="With a finished example dossier to look at.")
def serve(port: int, host: str, data: Path | None, example: bool) -> None:
    """Serve the pages: a demo on this computer or, with ASSISTANT_BASE_URL, for people who sign in."""
    from assistant.serving import serve as serve_pages

    settings = load_settings(data_dir=data)
    if settings.is_demo and host not in LOOPBACK:
        raise click.UsageError("The demo lets in everyone, so it listens on this computer only: 127.0.0.1.")
    serve_pages(settings, host, port, with_example=example, say=_say)


def _read(path: Path) -> AnswersFile:
    return read_answers(path.read_bytes(), str(path), current_edition(load_settings().trees_dir))


def _dossier(read: AnswersFile, language: Language | None, today: Any, audience: Audience = "team") -> Dossier:
    settings = load_settings()
    day: date = today.date() if today else clock.today(settings.time_zone)
    facts = ProjectFacts(title=read.title, organisation=read.organisation)
    edition = current_edition(settings.trees_dir)
    chosen = language or read.language
    return build_dossier(edition, read.answers, facts, day, chosen, open_by_hand=read.trees, audience=audience)


def _write(data: bytes, output: Path | None) -> None:
    if output:
        output.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)


main.add_command(theme_commands)
main.add_command(invite_admin)
main.add_command(adopt)
main.add_command(reindex_queue)
for command in (tick, backup, restore, doctor):
    main.add_command(command)
trees.add_command(publish)
