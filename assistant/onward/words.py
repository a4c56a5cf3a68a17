"""The fixed words of the texts to go on with, in both languages."""

from __future__ import annotations

from typing import Final

from assistant.words import Catalogue

WORDS: Final[Catalogue] = {
    "dpia": ("Concept voor de toets op risico's (DPIA)", "Draft of the assessment of risks (DPIA)"),
    "algorithm_register": ("Concept voor het Algoritmeregister", "Draft for the Algorithm Register"),
    "record": ("Concept voor het verwerkingsregister", "Draft for the record of processing"),
    "about_dpia": (
        "Een begin, nog geen toets op risico's (DPIA). Elke tekst komt uit jullie antwoorden; de code zegt uit welk. "
        "Vul aan wat ontbreekt. Vraag daarna de functionaris gegevensbescherming (FG) om advies.",
        "A start, and no assessment of risks (DPIA) yet. Every text comes from your answers; the code says which. "
        "Fill in what is missing. Then ask the data protection officer (DPO) for advice.",
    ),
    "about_algorithm_register": (
        "Een begin, nog niet om te publiceren. Elke tekst komt uit jullie antwoorden; de code zegt uit welk. "
        "Lees alles nog eens: niemand heeft gekeken wat jullie typten.",
        "A start, not to be published yet. Every text comes from your answers; the code says which. "
        "Read it all once more: nobody looked at what you typed.",
    ),
    "about_record": (
        "Een begin van een regel in het verwerkingsregister. Elke tekst komt uit jullie antwoorden; "
        "de code zegt uit welk.",
        "The start of a line in the record of processing. Every text comes from your answers; the code says which.",
    ),
    "to_fill": ("Nog in te vullen", "To be filled in"),
    "also_to_fill": ("Hier ook nog in te vullen:", "Also to be filled in here:"),
    "problems": ("Kijk hier nog naar", "Look at this"),
    "unsure": ("Nog niet bekend.", "Not known yet."),
    "finds_out": ("{owner} zoekt het uit.", "{owner} finds out."),
    "finds_out_by": ("{owner} zoekt het uit, uiterlijk {due}.", "{owner} finds out, by {due} at the latest."),
    "nobody": ("Nog niemand zoekt het uit.", "Nobody finds out yet."),
    "by": ("Uiterlijk {due}.", "By {due} at the latest."),
    "not_applicable": ("Niet van toepassing, want:", "Not applicable, because:"),
    "from_weighing": (
        "Dit schreef het team bij de keuze voor dit dossier.",
        "The team wrote this when it chose this dossier.",
    ),
    "from_alternative": (
        "Dit komt uit dossier {number}, dat is afgewogen en niet gekozen.",
        "This comes from dossier {number}, which was weighed and not chosen.",
    ),
    "from_beside": (
        "Dit komt uit dit dossier, vergeleken met dossier {number}.",
        "This comes from this dossier, compared with dossier {number}.",
    ),
    "outcome": ("Hoe het ervoor staat", "How it stands"),
    "reason": ("Toelichting", "Explanation"),
    "view": ("Andere zienswijze", "Other view"),
    "signal": ("Signaal", "Signal"),
    "risk": ("Wat de antwoorden oproepen", "What the answers raise"),
    "comes_from": ("Komt uit", "Comes from"),
    "matters_most": ("Wat het meest telt", "What matters most"),
    "title": ("Titel", "Title"),
    "organisation": ("Organisatie", "Organisation"),
    "number": ("Nummer", "Number"),
    "version": ("Versie", "Version"),
    "made_on": ("Gemaakt op", "Made on"),
    "phase": ("Fase", "Phase"),
    "actions": ("Actiepunten van het team", "Actions of the team"),
    "conditions": ("Voorwaarden uit het advies", "Conditions of the advice"),
    "done": ("gedaan", "done"),
    "fg": ("Advies van de functionaris gegevensbescherming (FG)", "Advice of the data protection officer (DPO)"),
    "po": ("Advies van de privacy officer", "Advice of the privacy officer"),
    "decision": ("Besluit", "Decision"),
    "departs": ("Dit besluit wijkt af van het advies.", "This decision departs from the advice."),
}

ADVICES: Final[Catalogue] = {
    "go_on": ("Kan door", "Can go on"),
    "go_on_with_conditions": ("Kan door, met voorwaarden", "Can go on, with conditions"),
    "dpia_first": ("Eerst een toets op risico's (DPIA)", "First an assessment of risks (DPIA)"),
    "board_first": ("Eerst naar het bestuur", "To the board first"),
    "do_not": ("Niet doen", "Do not do this"),
}

DECISIONS: Final[Catalogue] = {
    "go_on": ("Het project gaat door", "The project goes on"),
    "change": ("Eerst het plan aanpassen", "Change the plan first"),
    "stop": ("Het project stopt", "The project stops"),
}

PROBLEMS: Final[Catalogue] = {
    "missing": (
        "Verplicht. Zonder dit neemt het register de tekst niet aan.",
        "Required. Without it the register does not take the text.",
    ),
    "empty": (
        "Leeg. Bezoekers van het register zien dat dit niet is ingevuld.",
        "Empty. Visitors of the register see that this is not filled in.",
    ),
    "cut": (
        "Te lang: {now} tekens, er passen er {most}. Het einde is eraf. Maak de tekst korter.",
        "Too long: {now} characters, {most} fit. The end is cut off. Make the text shorter.",
    ),
    "unsure": ("Nog niet bekend: {ask}", "Not known yet: {ask}"),
    "language": (
        "Het register is in het Nederlands. Jullie typten in het Engels; vertaal die teksten.",
        "The register is in Dutch. You typed in English; translate those texts.",
    ),
}
