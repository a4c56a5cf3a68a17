"""Every export ends with what the assistant does not claim, and with whose spirit it follows."""

from __future__ import annotations

import json

import pytest
from lxml import html

import exports
from assistant.dossier import AUDIENCES, Audience, Dossier
from assistant.trees.model import LANGUAGES, Language
from exports.arrange import build_paper
from exports.paper import Items, Text

from .samples import EXAMPLES, dossier_of

ENDING = 900  # characters


def made(language: Language, audience: Audience) -> Dossier:
    return dossier_of(EXAMPLES / "answers.yaml", language, audience)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_dossier_names_its_limits_and_its_spirit(language: Language, audience: Audience) -> None:
    dossier = made(language, audience)
    assert len(dossier.limits) == 4
    assert "DEDA" in dossier.credits
    read = json.loads(exports.FORMATS["json"].render(dossier))
    assert (read["credits"], tuple(read["limits"])) == (dossier.credits, dossier.limits)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_they_are_the_last_words_of_a_page(language: Language, audience: Audience) -> None:
    dossier = made(language, audience)
    markdown = exports.FORMATS["markdown"].render(dossier).decode()
    page = html.fromstring(exports.FORMATS["html"].render(dossier)).text_content()
    for text in (markdown.strip(), page.strip()):
        assert all(said in text[-ENDING:] for said in (*dossier.limits, dossier.credits))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_they_are_the_last_words_on_paper(audience: Audience) -> None:
    dossier = made("nl", audience)
    ending = ""
    for part in build_paper(dossier).parts[-2:]:
        assert isinstance(part, Items | Text)
        ending += part.text if isinstance(part, Text) else " ".join(text for _, text in part.items)
    assert all(said in ending for said in (*dossier.limits, dossier.credits))
