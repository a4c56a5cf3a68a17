"""A text taken out of a version: gone from every byte, its hash and the reason kept, and tampering still seen."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.access import Role
from assistant.answers import Answer
from assistant.dossier import ProjectFacts, build_dossier, frozen
from assistant.dossier.redaction import PERSONAL, Cut
from assistant.errors import Conflict, NotFound, Refused
from assistant.search_terms import read_query
from assistant.sharing.draft import Along, Draft, fingerprint
from assistant.store.actions import add_action
from assistant.store.advices import Asked, Opinion, give_advice, list_advices
from assistant.store.archiving import gather_package
from assistant.store.audit import verify_all
from assistant.store.changes import Signed
from assistant.store.database import open_database, upgrade
from assistant.store.decisions import Made, decide
from assistant.store.dossiers import find_dossier, move_dossier, save_project
from assistant.store.endings import end_signal
from assistant.store.forgetting import forget_dossier
from assistant.store.history import list_earlier
from assistant.store.library import list_kept
from assistant.store.links import send_question
from assistant.store.members import Reader
from assistant.store.redactions import Elsewhere, find_elsewhere, list_redactions, redact_version
from assistant.store.remarks import add_remark
from assistant.store.search import find_sharing, search
from assistant.store.shared import find_shared, save_draft, send, settle
from assistant.store.versions import find_version, return_version, withdraw

from ..sharing import samples
from ..trees import samples as trees
from .desk import OFFICER, SECOND, TEAM, add_people, freeze
from .samples import AT, KEY, rows, run, save, start

NAME = "kanariepiet"
CUT = Cut(PERSONAL, words=(NAME,))
SMALL = trees.edition(trees.tree(trees.question("q", kind="long_text")))
TYPED = {"q": frozenset({""})}
LATER = Signed(OFFICER.actor, AT + timedelta(days=1), KEY)


def handed_in(engine: Engine, *, times: int = 1) -> str:
    """A dossier that names somebody: in its title, its answer, its history; handed in so many times."""
    add_people(engine)
    dossier = start(engine, owner=TEAM.actor, actor=TEAM.actor, title=f"Over {NAME}")
    save(engine, dossier.id, "q", 0, f"eerst {NAME}", actor=TEAM.actor)
    rev = find_dossier(engine, dossier.id).document.answers["q"].rev
    save(engine, dossier.id, "q", rev, f"Vraag {NAME} maar", actor=TEAM.actor)
    for number in range(1, times + 1):
        if number > 1:
            return_version(engine, dossier.id, signed=OFFICER)
        facts = ProjectFacts(f"Over {NAME}", "", dossier.number, number)
        made = build_dossier(SMALL, {"q": Answer(value=f"Vraag {NAME} maar")}, facts, AT.date(), "nl")
        freeze(engine, dossier, frozen(made))
    return dossier.id


def take_out(engine: Engine, dossier: str, number: int = 1, cut: Cut = CUT, *, clean: bool = True) -> bool:
    kept = find_version(engine, dossier, number)
    return redact_version(
        engine, dossier, number, cut, "Naam van een inwoner", based_on=kept.hash, typed=TYPED if clean else None,
        signed=LATER,
    )  # fmt: skip


def test_new_bytes_with_the_old_hash_and_the_reason_kept(engine: Engine) -> None:
    dossier = handed_in(engine)
    old = find_version(engine, dossier, 1)
    take_out(engine, dossier)
    new = find_version(engine, dossier, 1)
    assert NAME.encode() not in new.body
    assert sha256(new.body).hexdigest() == new.hash != old.hash
    [told] = list_redactions(engine, dossier)
    assert (told.number, told.old_hash, told.new_hash, told.texts) == (1, old.hash, new.hash, 2)
    assert (told.reason, told.kind, told.person, told.at) == ("Naam van een inwoner", PERSONAL, OFFICER.actor, LATER.at)
    assert verify_all(engine, KEY).faults == ()


def test_the_working_dossier_its_history_its_line_and_drafts_are_cleaned(engine: Engine) -> None:
    dossier = handed_in(engine)
    run(
        engine,
        "INSERT INTO draft (person_id, dossier_id, question, rev, body, at) VALUES (:p, :d, 'q', 1, :b, '')",
        p=TEAM.actor, d=dossier, b=json.dumps({"q": NAME}),
    )  # fmt: skip
    rev = find_dossier(engine, dossier).document.answers["q"].rev
    take_out(engine, dossier)
    kept = find_dossier(engine, dossier)
    assert kept.document.answers["q"].value == "Vraag [weggelaten: persoonsgegevens] maar"
    assert kept.document.answers["q"].rev > rev  # who has the old text in a form is told
    assert kept.document.project.title == "Over [weggelaten: persoonsgegevens]"
    assert [one.answer.value for one in list_earlier(engine, dossier, "q")] == ["eerst [weggelaten: persoonsgegevens]"]
    assert rows(engine, "SELECT count(*) FROM draft") == [(0,)]
    assert rows(engine, f"SELECT count(*) FROM summary_word WHERE word = '{NAME}'") == [(0,)]
    assert rows(engine, f"SELECT count(*) FROM summary WHERE title LIKE '%{NAME}%'") == [(0,)]


def test_the_working_dossier_may_be_left(engine: Engine) -> None:
    dossier = handed_in(engine)
    take_out(engine, dossier, clean=False)
    assert NAME in find_dossier(engine, dossier).document.answers["q"].value
    assert verify_all(engine, KEY).faults == ()


def test_an_advice_stays_bound_to_what_it_was_about(engine: Engine) -> None:
    dossier = handed_in(engine)
    old = find_version(engine, dossier, 1)
    give_advice(engine, dossier, old.id, Opinion("po", "go_on", "Goed"), signed=OFFICER)
    take_out(engine, dossier)
    [advice] = list_advices(engine, dossier)
    assert advice.version_hash == old.hash
    assert verify_all(engine, KEY).faults == ()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE version SET body = body || ' '",
        "UPDATE version SET hash = (SELECT old_hash FROM redaction)",
        "UPDATE redaction SET reason = 'iets anders'",
        "UPDATE redaction SET old_hash = new_hash",
        "UPDATE redaction SET at = '2020'",
        "DELETE FROM redaction",
        "UPDATE advice SET version_hash = 'x'",
        "UPDATE dossier SET document = replace(document, 'weggelaten', 'vervangen')",
    ],
)
def test_tampering_after_a_redaction_is_seen(engine: Engine, change: str) -> None:
    dossier = handed_in(engine)
    give_advice(engine, dossier, find_version(engine, dossier, 1).id, Opinion("po", "go_on", "Goed"), signed=OFFICER)
    take_out(engine, dossier)
    assert verify_all(engine, KEY).faults == ()
    run(engine, change)
    assert verify_all(engine, KEY).faults


def test_bytes_with_a_hash_that_fits_are_no_redaction(engine: Engine) -> None:
    dossier = handed_in(engine)
    run(engine, "UPDATE version SET body = '{}', hash = :hash", hash=sha256(b"{}").hexdigest())
    assert verify_all(engine, KEY).faults
    take_out_of_another = handed_in(engine)
    take_out(engine, take_out_of_another)
    assert any("version" in fault for fault in verify_all(engine, KEY).faults)
    assert dossier


def test_twice_each_with_its_own_hash(engine: Engine) -> None:
    dossier = handed_in(engine)
    hashes = [find_version(engine, dossier, 1).hash]
    for word in (NAME, "maar"):
        take_out(engine, dossier, cut=Cut(PERSONAL, words=(word,)))
        hashes.append(find_version(engine, dossier, 1).hash)
    told = {(one.old_hash, one.new_hash) for one in list_redactions(engine, dossier)}
    assert told == {(hashes[0], hashes[1]), (hashes[1], hashes[2])}
    assert verify_all(engine, KEY).faults == ()


def test_other_versions_and_advices_are_named(engine: Engine) -> None:
    dossier = handed_in(engine, times=3)
    opinion = Opinion("po", "go_on", f"Niet {NAME} vragen")
    give_advice(engine, dossier, find_version(engine, dossier, 3).id, opinion, signed=OFFICER)
    assert find_elsewhere(engine, dossier, 2, CUT, []) == Elsewhere((1, 3), 1)
    take_out(engine, dossier, 1)
    assert find_elsewhere(engine, dossier, 2, CUT, []) == Elsewhere((3,), 1)
    asking = Opinion("po", "go_on_with_conditions", "Goed", (Asked(f"Bel {NAME}"),))
    give_advice(engine, dossier, find_version(engine, dossier, 3).id, asking, signed=OFFICER)
    decide(engine, dossier, Made("go_on", NAME, "2026-11-25"), signed=OFFICER)
    assert find_elsewhere(engine, dossier, 2, CUT, []) == Elsewhere((3,), 2, 1)


def test_remarks_actions_and_endings_are_cleaned_and_sealed_again(engine: Engine) -> None:
    dossier = handed_in(engine)
    return_version(engine, dossier, signed=OFFICER)
    add_remark(engine, dossier, "q", f"Wie is {NAME}?", signed=TEAM)
    add_action(engine, dossier, about="", text=f"Bel {NAME}", owner=NAME, due="", signed=TEAM)
    end_signal(engine, dossier, "s", "accepted", True, f"Van {NAME} gehoord.", signed=TEAM)
    take_out(engine, dossier)
    for column, table in (("text", "remark"), ("text", "action"), ("owner", "action"), ("reason", "ending")):
        [(text,)] = rows(engine, f"SELECT {column} FROM {table}")
        assert "[weggelaten: persoonsgegevens]" in text
        assert NAME not in text
    assert verify_all(engine, KEY).faults == ()


def test_former_names_and_who_a_question_went_to_are_cleaned(engine: Engine) -> None:
    dossier = handed_in(engine)
    return_version(engine, dossier, signed=OFFICER)
    save_project(engine, dossier, find_dossier(engine, dossier).document.project.rev, "Neutraal", NAME, actor="a1",
                 at=AT, audit_key=KEY)  # fmt: skip
    send_question(engine, dossier, "q", f"Aan {NAME}", signed=TEAM)
    take_out(engine, dossier)
    assert NAME not in str(rows(engine, "SELECT body FROM answer_history"))
    assert NAME not in str(rows(engine, "SELECT sent_to FROM question_link"))


def test_a_version_that_was_taken_back_is_cleaned_with_the_working_dossier(engine: Engine) -> None:
    dossier = handed_in(engine)
    old = find_version(engine, dossier, 1)
    withdraw(engine, dossier, signed=TEAM)
    freeze(engine, find_dossier(engine, dossier), old.body.replace(b'"version":1', b'"version":2'))
    take_out(engine, dossier, 2, clean=False)
    assert NAME.encode() in find_version(engine, dossier, 1).body  # the team's own, and nobody asked
    whole = Cut(PERSONAL, texts=frozenset({"answer/q/0"}))
    assert find_version(engine, dossier, 1).hash == old.hash
    take_out(engine, dossier, 2, Cut(PERSONAL, words=("maar",)))
    assert b"maar" not in find_version(engine, dossier, 1).body
    take_out(engine, dossier, 2, whole)
    assert verify_all(engine, KEY).faults == ()


@pytest.mark.parametrize("clean", [True, False])
@pytest.mark.parametrize("cut", [CUT, Cut(PERSONAL, texts=frozenset({"answer/q/0"}))])
def test_an_example_that_holds_it_is_cleaned_and_leaves_the_library(engine: Engine, cut: Cut, clean: bool) -> None:
    dossier = handed_in(engine)
    return_version(engine, dossier, signed=OFFICER)
    said = f"Vraag {NAME} maar"
    draft = Draft(title="Titel", texts={"q-value": Along(text=said, of=fingerprint(said))})
    save_draft(engine, dossier, 0, draft, signed=TEAM)
    kept = find_shared(engine, dossier)
    made = samples.example(Draft(title="Titel", about=said)).model_copy(update={"key": kept.key})
    send(engine, dossier, kept.rev, made, signed=TEAM)
    settle(engine, dossier, made.hash, approved=True, signed=OFFICER)
    take_out(engine, dossier, cut=cut, clean=clean)
    for table in ("example", "library_entry"):
        assert NAME not in str(rows(engine, f"SELECT * FROM {table}"))
        assert fingerprint(said) not in str(rows(engine, f"SELECT * FROM {table}"))
    now = find_shared(engine, dossier)
    assert (now.state, now.example, now.draft.title, list_kept(engine)) == ("draft", None, "Titel", [])
    assert verify_all(engine, KEY).faults == ()


def test_an_example_that_holds_none_of_it_stays(engine: Engine) -> None:
    dossier = handed_in(engine)
    save_draft(engine, dossier, 0, Draft(title="Titel"), signed=TEAM)
    take_out(engine, dossier)
    assert find_shared(engine, dossier).rev == 1
    assert verify_all(engine, KEY).faults == ()


def test_nobody_finds_what_was_taken_out(engine: Engine) -> None:
    dossier = handed_in(engine)
    officer = Reader(SECOND.actor, frozenset({Role.PO}), AT.date().isoformat())
    team = Reader(TEAM.actor, frozenset(), AT.date().isoformat())
    assert [search(engine, who, read_query(NAME)).count for who in (officer, team)] == [1, 1]
    take_out(engine, dossier)
    assert [search(engine, who, read_query(NAME)).count for who in (officer, team)] == [0, 0]
    assert find_sharing(engine, officer, [NAME[:6]], most=9, without="") == {}
    assert NAME not in str(rows(engine, "SELECT * FROM search_entry"))


def test_what_is_stale_not_there_or_not_the_time_is_refused(engine: Engine) -> None:
    dossier = handed_in(engine)
    with pytest.raises(Conflict):
        redact_version(engine, dossier, 1, CUT, "x", based_on="0" * 64, typed=None, signed=OFFICER)
    with pytest.raises(Conflict):
        take_out(engine, dossier, cut=Cut(PERSONAL, words=("komt niet voor",)))
    withdraw(engine, dossier, signed=TEAM)
    with pytest.raises(NotFound):
        take_out(engine, dossier)
    with pytest.raises(Refused):
        redact_version(engine, start(engine).id, 1, CUT, "x", based_on="", typed=None, signed=OFFICER)
    assert list_redactions(engine, dossier) == []


def test_the_archive_and_destruction_know_of_it(engine: Engine) -> None:
    dossier = handed_in(engine)
    return_version(engine, dossier, signed=OFFICER)
    take_out(engine, dossier)
    move_dossier(engine, dossier, "close", signed=TEAM)
    package = gather_package(engine, dossier, signed=SECOND)
    assert NAME.encode() not in package.versions[0].body
    assert NAME not in package.title
    assert "redacted" in [one.kind for one in package.versions[0].happenings]
    forget_dossier(engine, dossier, actor="", at=AT, audit_key=KEY)
    assert rows(engine, "SELECT count(*) FROM redaction") == [(0,)]


def test_no_trace_is_left_in_the_file_and_its_log(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    upgrade(engine)
    dossier = handed_in(engine)
    folder = Path(str(engine.url.database)).parent

    def traces() -> int:
        return b"".join(path.read_bytes() for path in folder.iterdir()).count(NAME.encode())

    assert traces()
    assert take_out(engine, dossier)
    assert traces() == 0
    engine.dispose()
