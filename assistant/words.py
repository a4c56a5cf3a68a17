"""The fixed words of the core, in both languages: levels, outcomes, headings, and what is wrong with a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assistant.answers import Problem
from assistant.trees.model import Language

Catalogue = Mapping[str, tuple[str, str]]  # key -> (nl, en)


def word(catalogue: Catalogue, key: str, language: Language) -> str:
    """One fixed word or sentence."""
    return catalogue[key][0 if language == "nl" else 1]


LEVELS: Final[Catalogue] = {
    "stop": ("Nu niet starten", "Do not start now"),
    "high": ("Eerst oplossen", "Solve first"),
    "attention": ("Aandachtspunt", "Point of attention"),
    "info": ("Goed om te weten", "Good to know"),
    "strength": ("Sterk punt", "Strong point"),
}

CERTAINTIES: Final[Catalogue] = {
    "certain": ("zeker", "certain"),
    "possible": ("mogelijk", "possible"),
}

GATES: Final[Catalogue] = {
    "real_data": ("Vóór jullie echte gegevens gebruiken", "Before you use real data"),
    "pilot": ("Vóór een proef waarin mensen iets merken", "Before a pilot that people notice"),
}

PHASES: Final[Catalogue] = {
    "idea": ("Idee", "Idea"),
    "exploration": ("Verkenning", "Exploration"),
    "prototype": ("Prototype", "Prototype"),
    "pilot": ("Proef", "Pilot"),
    "in_use": ("In gebruik", "In use"),
    "change": ("Wijziging", "Change"),
    "stopped": ("Gestopt", "Stopped"),
}

ENDINGS: Final[Catalogue] = {
    "solved": ("Opgelost, vindt de privacy officer", "Solved, says the privacy officer"),
    "accepted": ("Aanvaard door de eigenaar", "Accepted by the owner"),
    "contested": ("Het team ziet dit anders", "The team sees this differently"),
}

STATES: Final[Catalogue] = {
    "new": ("Nieuw", "New"),
    "team": ("Bij het team", "With the team"),
    "officer": ("Bij de privacy officer", "With the privacy officer"),
    "advised": ("Advies gegeven", "Advice given"),
    "running": ("Besloten en lopend", "Decided and running"),
    "closed": ("Gesloten", "Closed"),
}

MARKS: Final[Catalogue] = {
    "missing": ("Niet ingevuld", "Not filled in"),
    "answered": ("Ingevuld", "Filled in"),
    "unsure": ("Weten wij nog niet", "We don't know yet"),
    "partly": ("En misschien nog meer", "And maybe more"),
    "not_applicable": ("Niet van toepassing", "Not applicable"),
}

SOURCE_CERTAINTIES: Final[Catalogue] = {
    "original": ("in de bron zelf gelezen", "read in the original"),
    "secondary": ("in een andere bron gelezen", "read in another source"),
    "general": ("algemene kennis, nog na te kijken", "general knowledge, still to be checked"),
}

OUTCOMES: Final[Catalogue] = {
    "not_finished": ("Nog niet klaar", "Not finished yet"),
    "do_not_start": ("Nu niet starten, volgens jullie eigen antwoorden", "Do not start now, by your own answers"),
    "solve_first": ("Eerst oplossen", "Solve first"),
    "go_on_with_agreements": ("Verder, met afspraken", "Go on, with agreements"),
    "go_on": ("Verder, en blijf opletten", "Go on, and stay alert"),
}

OUTCOME_EXPLAINED: Final[Catalogue] = {
    "not_finished": (
        "Nog niet elke vraag heeft een antwoord (nog open: {n}). Hieronder staat de stand tot nu toe.",
        "Not every question has an answer yet (still open: {n}). What follows is how it stands so far.",
    ),
    "do_not_start": (
        "Door minstens één antwoord kan dit plan zo niet beginnen. Pas het plan aan, of stop ermee.",
        "At least one answer means that this plan cannot start as it is. Change the plan, or stop.",
    ),
    "solve_first": (
        "Er zijn punten die jullie eerst moeten oplossen of uitzoeken.",
        "There are points you need to solve or sort out first.",
    ),
    "go_on_with_agreements": (
        "Jullie kunnen verder. Spreek af wie de open punten oppakt, en wanneer.",
        "You can go on. Agree who takes on the open points, and by when.",
    ),
    "go_on": (
        "De antwoorden roepen geen open punten op. Kijk opnieuw als het plan verandert.",
        "The answers raise no open points. Look again when the plan changes.",
    ),
}

ABOUT: Final[Catalogue] = {
    "credits": (
        "De assistent werkt in de geest van het gesprek van De Ethische Data Assistent (DEDA) van de "
        "Universiteit Utrecht. Hij hoort daar niet bij. Alle teksten schreven wij zelf.",
        "The assistant works in the spirit of the dialogue of the Ethical Data Assistant (DEDA) of Utrecht University. "
        "It is not affiliated with it. We wrote all texts ourselves.",
    ),
    "no_verdict": (
        "Hij geeft geen toestemming en geen oordeel. Ook een dossier zonder opmerkingen bewijst niet dat alles klopt.",
        "It gives no permission and no verdict. A dossier without remarks is no proof that all is well.",
    ),
    "no_score": ("Hij geeft geen score en geen percentage.", "It gives no score and no percentage."),
    "no_replacement": (
        "Hij vervangt geen DPIA (onderzoek naar de gevolgen voor mensen) en geen juridisch advies. "
        "Ook het gesprek met de mensen om wie het gaat, blijft nodig.",
        "It does not replace a DPIA (a study of the effects on people), nor legal advice. "
        "Nor does it replace a talk with the people it is about.",
    ),
    "only_answers": (
        "Hij kent alleen jullie antwoorden en controleert ze niet.",
        "It knows only your answers, and does not check them.",
    ),
}
LIMITS: Final = ("no_verdict", "no_score", "no_replacement", "only_answers")  # in this order

HEADINGS: Final[Catalogue] = {
    "handed_in": ("Ingeleverd", "Handed in"),
    "wanted_start": ("Gewenste start", "Wanted start"),
    "decider": ("Wie beslist", "Who decides"),
    "cover_note": ("Toelichting van het team", "The team's cover note"),
    "the_question": ("De vraag", "The question"),
    "does_to_people": ("Wat het met mensen doet", "What it does to people"),
    "asked": ("Wat wij vragen", "What we ask"),
    "for_decider": ("Voor wie beslist", "For the decision-maker"),
    "for_public": ("Openbare samenvatting", "Public summary"),
    "possible_signal": (
        "Dit hangt af van iets wat jullie nog niet weten.",
        "This depends on something you don't know yet.",
    ),
    "dossier": ("Dossier ethiek en privacy", "Ethics and privacy dossier"),
    "fixed_sentence": (
        "Dit overzicht ordent het gesprek. Het is geen toestemming, en zegt niet dat alles klopt. "
        "De privacy officer adviseert, de gemeente beslist.",
        "This overview gives structure to the conversation. It is no permission, and does not say that all is well. "
        "The privacy officer advises, the municipality decides.",
    ),
    "first_page": ("Op één pagina", "On one page"),
    "outcome": ("Hoe het ervoor staat", "How it stands"),
    "matters_most": ("Wat het meest telt", "What matters most"),
    "nothing_matters": (
        "Geen antwoord roept iets op dat jullie eerst moeten oplossen.",
        "No answer raises anything that you must solve first.",
    ),
    "strengths": ("Sterke punten", "Strong points"),
    "open_points": ("Wat jullie nog niet weten", "What you don't know yet"),
    "no_open_points": ("Geen open punten.", "No open points."),
    "to_confirm": ("Nog te bevestigen", "Still to be confirmed"),
    "to_confirm_intro": (
        "Deze antwoorden zijn van eerder: uit een andere fase, een ander dossier of een oudere uitgave van de vraag. "
        "Kijk of ze nog kloppen.",
        "These answers are of before: of another phase, another dossier or an older edition of the question. "
        "See whether they still hold.",
    ),
    "given_in": (
        "Nog te bevestigen, want gegeven in de fase {phase}.",
        "Still to be confirmed, for it was given in the phase {phase}.",
    ),
    "carried": (
        "Nog te bevestigen, want overgenomen uit een eerder dossier.",
        "Still to be confirmed, for it comes from an earlier dossier.",
    ),
    "reworded": (
        "Nog te bevestigen, want de vraag is veranderd in een nieuwere uitgave.",
        "Still to be confirmed, for the question changed in a newer edition.",
    ),
    "project_step": (
        "Stap {n} van de {all} van een dataproject: {step}.",
        "Step {n} of the {all} of a data project: {step}.",
    ),
    "other_views": ("Andere zienswijzen", "Other views"),
    "project": ("Het project", "The project"),
    "title": ("Titel", "Title"),
    "organisation": ("Organisatie", "Organisation"),
    "number": ("Nummer", "Number"),
    "version": ("Versie", "Version"),
    "date": ("Datum", "Date"),
    "phase": ("Fase", "Phase"),
    "facts": ("Kenmerken", "Characteristics"),
    "facts_intro": ("Dit volgt uit jullie antwoorden.", "This follows from your answers."),
    "conclusions": ("Per vragenboom", "Per question tree"),
    "answers": ("Antwoorden per thema", "Answers by theme"),
    "motivation": ("Toelichting", "Explanation"),
    "other_view": ("Andere zienswijze", "Other view"),
    "not_applicable_because": ("Niet van toepassing, want", "Not applicable, because"),
    "maybe_more": ("en misschien nog meer", "and maybe more"),
    "only_possibly": (
        "Deze vraag hangt af van iets wat jullie nog niet weten.",
        "This question depends on something you don't know yet.",
    ),
    "signals": ("Wat de antwoorden oproepen", "What the answers raise"),
    "no_signals": ("De antwoorden roepen niets op.", "The answers raise nothing."),
    "because": ("Omdat", "Because"),
    "source": ("Bron", "Source"),
    "action": ("Wat jullie kunnen doen", "What you can do"),
    "counts_later": ("telt mee vanaf de proef", "counts from the pilot on"),
    "superseded": ("Uitgewerkt in", "Covered in more detail by"),
    "who": ("Wie zoekt het uit", "Who finds out"),
    "when": ("Wanneer", "When"),
    "nobody_yet": ("nog niemand", "nobody yet"),
    "question": ("Vraag", "Question"),
    "cells_open": ("vakjes nog niet bekend: {n}", "cells not known yet: {n}"),
    "later": ("Komt later", "Comes later"),
    "later_intro": ("Deze vragen mogen wachten tot een latere fase.", "These questions may wait for a later phase."),
    "not_asked": ("Wat wij niet vroegen, en waarom", "What we did not ask, and why"),
    "not_asked_theme": ("{n} vragen niet gevraagd", "{n} questions not asked"),
    "not_asked_one": ("1 vraag niet gevraagd", "1 question not asked"),
    "because_of": ("vanwege het antwoord op: {asks}", "because of the answer to: {asks}"),
    "not_opened": ("deze vragenboom is niet nodig", "this question tree is not needed"),
    "set_aside": ("Niet van toepassing, volgens jullie", "Not applicable, in your view"),
    "alternatives": ("Afgewogen alternatieven", "Alternatives that were weighed"),
    "why_chosen": (
        "Waarom dit doorgaat, en het andere niet",
        "Why this one goes on, and the other does not",
    ),
    "alternative": ("Alternatief", "Alternative"),
    "this_dossier": ("Dit dossier", "This dossier"),
    "answered_otherwise": ("Anders beantwoord", "Answered otherwise"),
    "raised_there": ("Dit roept alleen het alternatief op", "Only the alternative raises this"),
    "raised_here": ("Dit roept alleen dit dossier op", "Only this dossier raises this"),
    "and_more": ("en nog {n}", "and {n} more"),
    "same_answers": ("De antwoorden zijn dezelfde.", "The answers are the same."),
    "not_asked_there": ("niet gevraagd", "not asked"),
    "alternative_reopened": (
        "Dit alternatief is weer geopend. Daarom staat hier niet wat het zegt.",
        "This alternative was opened again. So what it says is not shown here.",
    ),
    "alternative_destroyed": (
        "Dit alternatief is vernietigd. Alleen het nummer is nog bekend.",
        "This alternative was destroyed. Only its number is still known.",
    ),
    "limits": ("Wat de assistent niet doet", "What the assistant does not do"),
    "accountability": ("Waar dit op steunt", "What this is based on"),
    "edition": ("Uitgave van de vragen", "Edition of the questions"),
    "answers_hash": ("Vingerafdruk van de antwoorden", "Fingerprint of the answers"),
    "thresholds": ("Grenzen die wij zelf kozen", "Limits that we chose ourselves"),
    "sources": ("Bronnen", "Sources"),
    "possible": ("mogelijk", "possible"),
    "yes": ("Ja", "Yes"),
    "no": ("Nee", "No"),
    "of_five": ("{n} van 5", "{n} of 5"),
    "unknown_cell": ("nog niet bekend", "not known yet"),
    "blank": ("niet ingevuld", "not filled in"),
}

PROBLEMS: Final[Catalogue] = {
    "not_a_choice": ("'{name}' is hier geen keuze.", "'{name}' is not one of the choices here."),
    "list_expected": ("Hier hoort een lijst van keuzes.", "A list of choices belongs here."),
    "exclusive_with_others": (
        "Een van deze keuzes sluit de andere uit. Kies alleen die ene, of haal die weg.",
        "One of these choices rules out the others. Choose only that one, or remove it.",
    ),
    "exclusive_unsure": (
        "Deze keuze gaat niet samen met 'en misschien nog meer'.",
        "This choice does not go with 'and maybe more'.",
    ),
    "too_many_choices": ("Kies er hooguit {most}.", "Choose at most {most}."),
    "not_on_scale": ("Kies een getal van 1 tot en met 5.", "Choose a number from 1 to 5."),
    "not_a_number": (
        "Schrijf een getal, nul of meer, bijvoorbeeld 12 of 1.250,5.",
        "Write a number, zero or more, for instance 12 or 1,250.5.",
    ),
    "ambiguous_number": (
        "Dit getal kan twee dingen betekenen. Schrijf het zonder punt voor duizend, zoals 1250 of 1250,5.",
        "This number can mean two things. Write it without a thousands mark, like 1250 or 1250.5.",
    ),
    "not_a_date": (
        "Schrijf een datum die bestaat, zoals 21-11-2026.",
        "Write a date that exists, such as 21-11-2026.",
    ),
    "text_expected": ("Hier hoort tekst.", "Text belongs here."),
    "text_too_long": (
        "Deze tekst is te lang: {now} tekens. Er passen er {most}. Maak de tekst korter.",
        "This text is too long: {now} characters. At most {most} fit. Make it shorter.",
    ),
    "text_unstorable": (
        "Er staat een teken in dat wij niet kunnen bewaren. Typ de tekst opnieuw.",
        "It contains a character that we cannot store. Type the text again.",
    ),
    "rows_expected": ("Hier hoort een lijst van rijen.", "A list of rows belongs here."),
    "too_many_rows": ("Er passen hooguit {most} rijen.", "At most {most} rows fit."),
    "bad_row_id": ("Rij {row}: het nummer van de rij klopt niet.", "Row {row}: the id of the row is wrong."),
    "same_row_id": ("Twee rijen hebben hetzelfde nummer.", "Two rows have the same id."),
    "unknown_column": ("Rij {row}: er is geen kolom '{name}'.", "Row {row}: there is no column '{name}'."),
    "unknown_key": ("'{name}' hoort niet bij een antwoord.", "'{name}' is not part of an answer."),
    "unsure_is_true": ("'unsure' is true of false.", "'unsure' is true or false."),
    "unsure_alone": (
        "Kies een antwoord, of 'weten wij nog niet': niet allebei.",
        "Choose an answer, or 'we don't know yet': not both.",
    ),
    "not_applicable_alone": (
        "Een vraag die niet van toepassing is, heeft geen antwoord. Kies een van de twee.",
        "A question that does not apply has no answer. Choose one of the two.",
    ),
    "views_are_a_list": ("'other_views' is een lijst van teksten.", "'other_views' is a list of texts."),
    "answer_missing": (
        "Kies of schrijf een antwoord. Of gebruik de knop 'Weten wij nog niet'.",
        "Choose or write an answer. Or use the button 'We don't know yet'.",
    ),
    "motivation_missing": (
        "Schrijf in een paar woorden waarom. De reden telt hier meer dan het antwoord.",
        "Write in a few words why. Here the reason counts more than the answer.",
    ),
    "file_is_mapping": (
        "Een antwoordenbestand begint met 'format: 1' en heeft daaronder 'answers:'.",
        "An answers file starts with 'format: 1' and has 'answers:' below it.",
    ),
    "file_audience": (
        "Dit is een dossier voor wie beslist of voor het publiek. Daar staan niet alle antwoorden in.",
        "This is a dossier for the decision-maker or the public. It does not hold all answers.",
    ),
    "file_format": ("'format' moet 1 zijn.", "'format' must be 1."),
    "file_key": ("'{name}' hoort niet in een antwoordenbestand.", "'{name}' does not belong in an answers file."),
    "file_language": ("'language' is nl of en.", "'language' is nl or en."),
    "file_project": (
        "'project' heeft een titel, en eventueel organisatie en fase.",
        "'project' has a title, and perhaps an organisation and a phase.",
    ),
    "title_missing": ("Het project heeft nog geen titel.", "The project has no title yet."),
    "title_too_long": (
        "De titel is te lang: hooguit {most} tekens.",
        "The title is too long: at most {most} characters.",
    ),
    "file_phase": ("Deze fase bestaat niet. Kies uit: {choices}.", "There is no such phase. Choose from: {choices}."),
    "file_phase_twice": (
        "De fase bij 'project' is een andere dan bij de antwoorden. Noem er één.",
        "The phase under 'project' differs from the one in the answers. Give only one.",
    ),
    "file_trees": ("'trees' is een lijst van vragenbomen.", "'trees' is a list of question trees."),
    "too_many_views": ("Er passen hooguit {most} andere zienswijzen bij.", "At most {most} other views fit."),
    "too_many_answers": ("Er passen hooguit {most} antwoorden in.", "At most {most} answers fit."),
    "unknown_tree": ("Er is geen vragenboom '{name}'.", "There is no question tree '{name}'."),
    "unknown_question": ("Er is geen vraag '{name}'.", "There is no question '{name}'."),
    "unknown_question_near": (
        "Er is geen vraag '{name}'. Bedoel je '{near}'?",
        "There is no question '{name}'. Did you mean '{near}'?",
    ),
    "json_broken": ("Dit is geen geldig JSON-bestand.", "This is not a valid JSON file."),
    "json_too_large": ("Het bestand is te groot.", "The file is too large."),
    "reason_missing": ("Schrijf op waarom dit niet van toepassing is.", "Write down why this does not apply."),
}


def problem_text(problem: Problem, language: Language) -> str:
    """What is wrong, in words, with the row and column in front where there are any."""
    params = dict(problem.params)
    text = word(PROBLEMS, problem.key, language).format(**params)
    if "column" in params:
        row = "Rij" if language == "nl" else "Row"
        return f"{row} {params['row']}, {params['column']}: {text}"
    return text


PERSONAL_DATA: Final[Catalogue] = {
    "bsn": ("een BSN", "a BSN (citizen service number)"),
    "iban": ("een rekeningnummer (IBAN)", "a bank account number (IBAN)"),
    "email": ("een e-mailadres", "an e-mail address"),
    "phone": ("een telefoonnummer", "a phone number"),
    "address": ("een adres", "an address"),
    "birth_date": ("een geboortedatum", "a date of birth"),
}
