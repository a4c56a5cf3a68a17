"""What can be fetched: an operation a line. Routes, gates and the OpenAPI document all come from these."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from flask import Response
from pydantic import BaseModel

from assistant.dossier import Dossier
from assistant.store.access_tokens import Scope
from assistant.web.api.answers import DossierRecord, OfDossier, OfDraft, OfFile, OfVersion, Query, Register
from exports import FORMATS
from exports.onward import DRAFTS

JSON: Final = "application/json"
FILES: Final = {"pdf": FORMATS["pdf"], "docx": FORMATS["docx"], "html": FORMATS["html"], "md": FORMATS["markdown"]}
Answer: TypeAlias = BaseModel | Response
View: TypeAlias = Callable[..., Answer]


@dataclass(frozen=True)
class Operation:
    """One thing that can be fetched. `path` as OpenAPI writes it; `answers`: media type -> model, None for a file.

    `scope` None: without a token.
    """

    name: str
    path: str
    scope: Scope | None
    summary: str
    answers: Mapping[str, type[BaseModel] | None]
    takes: type[BaseModel] | None = None
    query: type[BaseModel] | None = None

    @property
    def rule(self) -> str:
        """The path as Flask writes it."""
        return re.sub(r"\{(\w+)\}", r"<\1>", self.path)


def _plain(media_type: str) -> str:
    return media_type.partition(";")[0]


OPERATIONS: Final = (
    Operation("openapi", "/openapi.json", None, "This document; it needs no token.", {JSON: None}),
    Operation(
        "register",
        "/register",
        Scope.REGISTER,
        "The register: dossiers that were handed in and lines entered by hand, what changed longest ago first.",
        {JSON: Register},
        query=Query,
    ),
    Operation(
        "dossier",
        "/dossiers/{dossier}",
        Scope.DOSSIERS,
        "A dossier: where it is, its versions, advices and decisions.",
        {JSON: DossierRecord},
        takes=OfDossier,
    ),
    Operation(
        "version",
        "/dossiers/{dossier}/versions/{number}",
        Scope.DOSSIERS,
        "A version: exactly the bytes that were frozen at hand-in. The ETag is their SHA-256.",
        {JSON: Dossier},
        takes=OfVersion,
    ),
    Operation(
        "file",
        "/dossiers/{dossier}/versions/{number}/{format}",
        Scope.DOSSIERS,
        "A version as a file to read. The PDF is for the archive: the frozen bytes are inside it.",
        {_plain(one.media_type): None for one in FILES.values()},
        takes=OfFile,
    ),
    Operation(
        "draft",
        "/dossiers/{dossier}/versions/{number}/drafts/{draft}/{format}",
        Scope.DOSSIERS,
        "A text to go on with, made of a version. What a text or a format is not made for, is not there.",
        {_plain(one.media_type): None for formats in DRAFTS.values() for one in formats.values()},
        takes=OfDraft,
    ),
)
