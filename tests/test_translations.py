"""The Dutch screens are complete, and their compiled catalogue is the one in the repository."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
DUTCH = ROOT / "assistant/web/translations/nl/LC_MESSAGES/messages.po"


def is_complete(message: Message) -> bool:
    """Whether the sentence has a translation, in each of its plural forms."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(forms) and all(forms)


def load_catalogue(path: Path) -> Catalog:
    """A catalogue of sentences, from a .po or .pot file."""
    with path.open("rb") as file:
        return read_po(file, locale="nl")


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every sentence that the screens mark for translation, collected as `make translations` does."""
    pot = tmp_path_factory.mktemp("translations") / "messages.pot"
    collect = f"--quiet extract --mapping babel.cfg --keyword lazy_gettext --output {pot} assistant/web"
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", *collect.split()], cwd=ROOT, check=True)
    return load_catalogue(pot)


def test_the_catalogue_holds_the_sentences_of_the_screens_and_no_others(sentences: Catalog) -> None:
    asked = {message.id for message in sentences if message.id}
    held = {message.id for message in load_catalogue(DUTCH) if message.id}
    assert held == asked, "run: make translations, then translate what is new"


def test_every_sentence_has_its_dutch_and_keeps_its_placeholders() -> None:
    catalogue = load_catalogue(DUTCH)
    unfinished = [m.id for m in catalogue if m.id and (m.fuzzy or not is_complete(m))]
    assert not unfinished
    assert not [str(error) for _, errors in catalogue.check() for error in errors]


def test_the_compiled_catalogue_is_the_one_in_the_repository() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, load_catalogue(DUTCH))
    assert DUTCH.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run: make translations"
