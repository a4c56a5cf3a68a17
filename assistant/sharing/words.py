"""The fixed words of an example, in both languages, and why a file is none."""

from __future__ import annotations

from typing import Final

from assistant.words import Catalogue

WORDS: Final[Catalogue] = {
    "example": ("Voorbeeld uit de praktijk", "Example from practice"),
    "of": ("Van {name}", "From {name}"),
    "unnamed": ("Van een gemeente die hier niet genoemd wil worden", "From a municipality that is not named here"),
    "no_model": (
        "Een voorbeeld is geen toestemming. Jullie eigen project vraagt een eigen gesprek en een eigen advies.",
        "An example is no permission. Your own project needs its own conversation and its own advice.",
    ),
    "about": ("Waar het over ging", "What it was about"),
    "learned": ("Wat wij leerden", "What we learned"),
    "advice": ("Het advies", "The advice"),
    "conditions": ("Voorwaarden", "Conditions"),
    "became": ("Wat ervan werd", "What became of it"),
    "nothing_decided": ("Hierover is nog niets opgeschreven.", "Nothing has been written down about this yet."),
    "outcome": ("Hoe het ervoor stond", "How it stood"),
    "signals": ("Wat de antwoorden opriepen", "What the answers raised"),
    "no_signals": ("De antwoorden riepen niets op.", "The answers raised nothing."),
    "possible": ("mogelijk", "possible"),
    "because": ("Vanwege", "Because of"),
    "action": ("Wat zij konden doen", "What they could do"),
    "facts": ("Kenmerken", "Characteristics"),
    "phase": ("Fase", "Phase"),
    "field": ("Werkveld", "Field of work"),
    "answers": ("De antwoorden", "The answers"),
    "is_short": (
        "Hier stond ook eigen tekst. Die gaat niet mee.",
        "Something was typed here too. It does not go along.",
    ),
    "data": ("De gegevens voor een andere installatie", "The data for another installation"),
    "data_says": (
        "Een andere gemeente kan dit bestand openen in haar eigen bibliotheek van voorbeelden.",
        "Another municipality can open this file in its own library of examples.",
    ),
    "edition": ("Uitgave van de vragen", "Edition of the questions"),
    "hash": ("Vingerafdruk van de gegevens", "Fingerprint of the data"),
    "issue": ("Uitgave {n} van dit voorbeeld", "Issue {n} of this example"),
    "closed": ("Gestopt of afgerond", "Stopped or over"),
}

KINDS: Final[Catalogue] = {  # beside the kinds of personal data: what only this installation knows
    "name": ("een naam die hier bekend is", "a name that is known here"),
    "organisation": ("de naam van de organisatie", "the name of the organisation"),
    "reference": ("een kenmerk of zaaknummer", "a reference or case number"),
    "day": ("een dag op de kalender", "a day on the calendar"),
}

REFUSALS: Final[Catalogue] = {
    "too_large": (
        "Het bestand is te groot. Een voorbeeld is hooguit 1 MB.",
        "The file is too large. An example is 1 MB at most.",
    ),
    "no_text": ("Dit is geen tekst in UTF-8.", "This is no text in UTF-8."),
    "no_example": (
        "Dit is geen voorbeeld. Kies het bestand (HTML) dat de andere gemeente heeft gedownload.",
        "This is no example. Choose the file (HTML) that the other municipality downloaded.",
    ),
    "script": (
        "In het bestand staat iets wat een voorbeeld nooit bevat, zoals een script. Vraag om een nieuw bestand.",
        "The file holds something that no example ever does, such as a script. Ask for a new file.",
    ),
    "broken": (
        "De gegevens in het bestand zijn beschadigd. Vraag om een nieuw bestand.",
        "The data in the file are damaged. Ask for a new file.",
    ),
    "changed": (
        "De gegevens in het bestand zijn veranderd nadat het gemaakt is. Vraag om een nieuw bestand.",
        "The data in the file were changed after it was made. Ask for a new file.",
    ),
    "format": (
        "Dit voorbeeld is gemaakt met een nieuwere versie van de assistent. Installeer die eerst.",
        "This example was made with a newer version of the assistant. Install that one first.",
    ),
    "shape": (
        "De gegevens in het bestand hebben niet de vorm van een voorbeeld.",
        "The data in the file do not have the shape of an example.",
    ),
    "sign": (
        "In een tekst staat een teken dat wij niet kunnen bewaren of veilig tonen.",
        "A text holds a character that we cannot keep or show safely.",
    ),
}
