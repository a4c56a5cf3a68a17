"""The fixed words on what a workshop prints, in both languages."""

from __future__ import annotations

from typing import Final, TypeAlias

from assistant.trees.model import Language
from assistant.words import Catalogue, word

Words: TypeAlias = dict[str, str]

_ALL: Final[Catalogue] = {
    "replaced": (
        "Tekens die dit lettertype niet heeft: {n}. Daarvoor staat het teken {sign}.",
        "Characters this typeface does not have: {n}. The sign {sign} stands in their place.",
    ),
    "page": ("{page} van {pages}", "{page} of {pages}"),
    "code": ("Code", "Code"),
    "qr": ("QR-code met de link waarmee je meedoet: {link}", "QR code with the link to join: {link}"),
    "more": ("zie het dossier", "see the dossier"),
    "dilemma": ("Dilemma {n}", "Dilemma {n}"),
    "table": ("Tafel {n}", "Table {n}"),
    "action": ("Actie", "Action"),
    "function": ("Functie", "Function"),
    "date": ("Datum", "Date"),
    "choice": ("Onze keuze", "Our choice"),
    "open_question": ("Onze open vraag", "Our open question"),
    "tomorrow": ("Dit doen we morgen anders", "What we do differently tomorrow"),
    "actions": ("Acties", "Actions"),
    "other_views": ("Andere zienswijzen", "Other views"),
    "parked": ("Parkeerplek", "Parking lot"),
    "values": ("Onze waarden", "Our values"),
    "questions": ("De vragen", "The questions"),
    "for": ("De sterkste redenen ervoor", "The strongest reasons for"),
    "against": ("De sterkste redenen ertegen", "The strongest reasons against"),
    "says": ("Zin", "Statement"),
    "unknown": ("Weten we nog niet", "We don't know yet"),
}

_WORKSHEET: Final[Catalogue] = {
    "kind": ("Werkblad", "Worksheet"),
    "story": ("Het verhaal", "The story"),
    "facts": ("De feiten", "The facts"),
    "stick": ("Plak je briefje op de plek waar jij staat.", "Put your note where you stand."),
    "stick_step": (
        "Plak je briefje bij de verste stap die je goed vindt.",
        "Put your note at the furthest step that you find right.",
    ),
    "values_ask": ("Samen houden we er vijf over.", "Together we keep five."),
    "views_ask": ("Wie ziet het anders? Schrijf geen naam op.", "Who sees it differently? Write no name."),
    "parked_ask": ("Nu niet, maar wel belangrijk.", "Not now, but important."),
    "harvest": ("Oogst", "Harvest"),
}

_CARDS: Final[Catalogue] = {
    "role": ("Rol", "Role"),
    "value": ("Waarde", "Value"),
    "rung": ("Trede {n}", "Rung {n}"),
    "role_ask": (
        "Praat vanuit deze rol. Je hoeft het er niet mee eens te zijn.",
        "Speak from this role. You need not agree with it.",
    ),
    "dilemma_ask": ("Wat trekt aan elkaar?", "What pulls at each other?"),
}

_FORMS: Final[Catalogue] = {
    "count": ("Telblad voor de begeleider", "Counting sheet for the facilitator"),
    "count_how": (
        "Tel per zin hoe vaak elk antwoord is gekozen. Typ de aantallen van één zin op één regel, van links naar "
        "rechts, met spaties ertussen: 0 2 5 1 3. Typ een 0 voor een leeg vakje.",
        "For each statement, count how often each answer was chosen. Type the numbers of one statement on one line, "
        "from left to right, with spaces between: 0 2 5 1 3. Type a 0 for an empty box.",
    ),
    "count_typed": ("Hier valt niets te tellen. Typ de redenen over.", "Nothing to count here. Type in the reasons."),
    "count_forms": ("Aantal formulieren:", "Number of forms:"),
    "anonymous": ("Zet geen naam op dit formulier. Overslaan mag.", "Put no name on this form. You may skip anything."),
    "choose_one": ("Kruis één antwoord aan.", "Tick one answer."),
    "choose_each": ("Kruis per regel één antwoord aan.", "Tick one answer on each line."),
    "choose_most": ("Kruis er hooguit {n} aan.", "Tick at most {n}."),
    "keep_most": ("Kruis aan wat jullie houden, hooguit {n}.", "Tick what you keep, at most {n}."),
    "write": ("Schrijf kort en zonder namen.", "Write briefly, without names."),
    "news": ("Nieuws", "News"),
    "round": ("Ronde {n}", "Round {n}"),
    "notes": ("Voor de notulist", "For the note taker"),
    "notes_how": (
        "Schrijf op wat de tafel antwoordt en lees het terug. Schrijf geen namen bij uitspraken.",
        "Write down what the table answers and read it back. Write no names with statements.",
    ),
    "table_number": ("Tafel:", "Table:"),
    "why": ("Antwoord en waarom", "Answer and why"),
    "who_finds_out": ("Wie zoekt het uit (functie), en voor wanneer?", "Who finds out (function), and by when?"),
    "other_view": ("Ziet iemand het anders?", "Does someone see it differently?"),
    "each_action": ("Zet bij elke actie een functie en een datum.", "Put a function and a date with every action."),
    "what_out": ("Wat viel af, en wie zou dat missen?", "What was dropped, and who would miss it?"),
}

_TENT: Final[Catalogue] = {
    "join": ("Doe mee met je telefoon", "Join with your phone"),
    "step_scan": ("Scan de QR-code, of ga naar {link}", "Scan the QR code, or go to {link}"),
    "step_code": ("Typ {code} als daarom wordt gevraagd", "Type {code} when asked"),
    "step_ready": ("Klaar: geen account, geen naam", "Done: no account, no name"),
    "rules": ("Huisregels", "House rules"),
}

_REPORT: Final[Catalogue] = {
    "kind": ("Verslag van de workshop", "Report of the workshop"),
    "people": ("Telefoons die meededen: {n}", "Phones that joined: {n}"),
    "room": ("Wat de zaal vond", "What the room thought"),
    "tables": ("Wat de tafels meenemen", "What the tables take home"),
    "reasons": ("De redenen", "The reasons"),
    "answers": ("Wat de tafels antwoordden", "What the tables answered"),
    "left_out": (
        "Niet alles paste op één blad. Weggelaten teksten, de langste het eerst: {n}. Zij staan in het dossier.",
        "Not everything fitted on one page. Texts left out, the longest first: {n}. They are in the dossier.",
    ),
    "counts": (
        "De getallen zijn aantallen mensen. Vóór de pijl: eerst. Erachter: daarna.",
        "The numbers are people. Before the arrow: at first. After it: later.",
    ),
    "nothing": (
        "Er is in deze workshop niets getoond of opgeschreven.",
        "Nothing was shown or written down in this workshop.",
    ),
}

_PIECES: Final[dict[str, Catalogue]] = {
    "worksheet": _WORKSHEET,
    "cards": _CARDS,
    "forms": _FORMS,
    "tent": _TENT,
    "report": _REPORT,
}


def words_in(piece: str, language: Language) -> Words:
    """The words of a piece; `{n}` and the like are filled in where they are used."""
    catalogue = {**_ALL, **_PIECES[piece]}
    return {key: word(catalogue, key, language) for key in catalogue}
