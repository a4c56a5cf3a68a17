"""A draft of a line in the record of processing: the elements of GDPR article 30.1, from the public answers."""

from __future__ import annotations

from assistant.dossier.audiences import for_public
from assistant.dossier.model import Dossier
from assistant.onward.gather import Gatherer, build_draft
from assistant.onward.model import Draft, Section
from assistant.trees.edition import Edition
from assistant.trees.onward import Element, Onward


def build_record(onward: Onward, dossier: Dossier, edition: Edition) -> Draft:
    """Every element, filled or to be filled in, in the dossier's language; no other views, nobody who finds out."""
    outward = for_public(dossier)
    gatherer = Gatherer(outward, edition, inward=False)
    return build_draft("record", outward, tuple(_section(element, gatherer) for element in onward.record))


def _section(element: Element, gatherer: Gatherer) -> Section:
    return Section(
        key=element.key,
        title=element.title[gatherer.dossier.language],
        says=tuple(gatherer.said(element)),
        gaps=tuple(gatherer.gaps(element)),
    )
