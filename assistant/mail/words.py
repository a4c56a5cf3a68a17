"""The fixed words of mails, in both languages."""

from __future__ import annotations

from typing import Final

from assistant.words import Catalogue

KINDS: Final[Catalogue] = {  # in the order in which a mail tells them
    "review": ("Dossiers die op jou of een collega wachten", "Dossiers that wait for you or a colleague"),
    "early": ("Vroege vragen van teams", "Early questions of teams"),
    "question": ("Vragen van de privacy officer", "Questions of the privacy officer"),
    "part": ("Advies over één thema dat iemand jou vraagt", "Advice on one theme that somebody asks of you"),
    "advice": ("Er is advies, en nog geen besluit", "There is advice, and no decision yet"),
    "remark": ("Opmerkingen voor jouw functie", "Remarks for your function"),
    "action": ("Acties", "Actions"),
    "condition": ("Voorwaarden", "Conditions"),
    "desk_condition": ("Voorwaarden van alle dossiers samen", "Conditions of all dossiers together"),
    "again": ("Opnieuw bekijken, zegt het advies", "Look again, says the advice"),
    "again_decided": ("Opnieuw bekijken, zegt het besluit", "Look again, says the decision"),
    "desk_again": ("Dossiers die je opnieuw bekijkt", "Dossiers that you look at again"),
    "example": ("Voorbeelden die je kunt goedkeuren", "Examples for you to approve"),
    "token": (
        "Toegang voor andere systemen die op jouw akkoord wacht",
        "Access for other systems that you may agree to",
    ),
    "edition": ("Er is een nieuwere uitgave van de vragen", "There is a newer edition of the questions"),
}

MAILS: Final[Catalogue] = {
    "digest_subject": ("Ethische toets: wat op je wacht", "Ethical review: what waits for you"),
    "digest_opening": (
        "Dit wacht op je, of is binnen twee weken aan de beurt.",
        "This waits, or is due within two weeks.",
    ),
    "digest_closing": (
        "Dit bericht noemt alleen nummers. Wat erin staat, lees je na het inloggen.",
        "This message names numbers only. Sign in to read what they say.",
    ),
    "digest_choice": ("Een andere dag, of geen bericht meer:", "Another day, or no more messages:"),
    "all_work": ("Al je werk:", "All your work:"),
    "on": ("op", "on"),
    "late": ("te laat, was op", "late, was on"),
    "first": ("de eerste op", "the first on"),
    "first_late": ("te laat, de eerste was op", "late, the first was on"),
    "invitation_subject": ("Uitnodiging voor de ethische toets", "Invitation to the ethical review"),
    "invitation_opening": (
        "Je bent uitgenodigd voor de ethische toets van datawerk.",
        "You are invited to the ethical review of data work.",
    ),
    "invitation_link": ("Kom binnen met deze link:", "Come in with this link:"),
    "invitation_until": ("De link werkt één keer, tot en met", "The link works once, up to and including"),
    "invitation_closing": (
        "Geef de link aan niemand. Verwacht je deze uitnodiging niet? Dan hoef je niets te doen.",
        "Give the link to nobody. You do not expect this invitation? Then there is nothing to do.",
    ),
}
