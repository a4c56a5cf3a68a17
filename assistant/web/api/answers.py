"""What the interface answers, and what it takes: these models make every answer, and its OpenAPI document."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

# A moment as it is kept: UTC, in microseconds, so that what is sent back as `changed_since` is that very moment.
Moment: TypeAlias = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Address: TypeAlias = Annotated[str, Field(json_schema_extra={"format": "uri-reference"})]
Hash: TypeAlias = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256 in hexadecimal")]
UUID: Final = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
PLACE: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z_" + UUID[1:]
MOMENT: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$"

# tests/web/test_api.py compares these with the program's own words
StateWord: TypeAlias = Literal["team", "officer", "advised", "running", "closed"]
AdviceWord: TypeAlias = Literal["go_on", "go_on_with_conditions", "dpia_first", "board_first", "do_not"]
DecisionWord: TypeAlias = Literal["go_on", "change", "stop"]


class Part(BaseModel):
    """A part of an answer. More fields may come; those that are there stay."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class Listed(Part):
    """What the register says of a dossier that was handed in, or of a line that an officer entered by hand."""

    kind: Literal["dossier", "line"]
    id: str = Field(pattern=UUID)
    number: str | None = Field(description="the number people use, as 2026-014; a line has none")
    title: str = Field(repr=False)
    state: StateWord | None = Field(description="where the dossier is; a line has none")
    phase: str | None = Field(description="the phase of the project in its newest version")
    domain: str | None = Field(description="the field of work: the id of a choice in the question trees")
    outcome: str | None = Field(description="what the answers lead to, of the newest version")
    advice: AdviceWord | None = Field(description="the newest advice that was given")
    decision: DecisionWord | None = Field(description="the newest decision")
    owner: str | None = Field(repr=False, description="the function or body that decided, or that a line names")
    reference: str | None = Field(repr=False, description="a number elsewhere, as of a case")
    look_again: date | None = Field(description="the day on which to look again")
    changed_at: Moment = Field(description="when any of this last changed; what a team saves does not count")
    href: Address | None = Field(
        description="the dossier itself; null for a line, and when your token may not fetch it"
    )


class Register(Part):
    """A page of the register: what changed longest ago first."""

    entries: tuple[Listed, ...]
    next: Address | None = Field(description="the next page; null on the last one")


class VersionFile(Part):
    """A file of a version."""

    href: Address
    media_type: str


class RedactionEntry(Part):
    """Texts were taken out of a version, as personal data that should not be there. An advice keeps the hash before."""

    at: Moment
    sha256_before: Hash
    sha256_after: Hash


class VersionEntry(Part):
    """A version as it was handed in; but for redactions it never changes. One that was taken back is not listed.

    It changes only when an officer takes a text out of it: its `sha256` is then another, and what you keep has to go.
    """

    number: int = Field(ge=1)
    sha256: Hash
    redacted: tuple[RedactionEntry, ...] = Field(description="what became of earlier bytes, the newest first")
    handed_in_at: Moment
    ended_as: Literal["returned", "advised"] | None = Field(description="null while an officer looks at it")
    ended_at: Moment | None
    href: Address
    files: tuple[VersionFile, ...] = Field(description="the same in other formats, and drafts made of it")


class ConditionEntry(Part):
    """What an advice asks."""

    text: str = Field(repr=False)
    owner: str | None = Field(repr=False, description="the function that sees to it")
    due: date | None
    done_at: Moment | None


class AdviceEntry(Part):
    """An advice that was given on a version, by a function."""

    kind: Literal["po", "fg"] = Field(description="by a privacy officer, or by the data protection officer")
    outcome: AdviceWord
    motivation: str = Field(repr=False)
    function: str | None = Field(repr=False)
    given_at: Moment
    version: int
    version_sha256: Hash
    again_on: date | None = Field(description="the day on which to look again")
    conditions: tuple[ConditionEntry, ...]


class DecisionEntry(Part):
    """What was decided, by a function or a body."""

    outcome: DecisionWord
    decided_by: str = Field(repr=False)
    decided_on: date
    departs: bool = Field(description="whether it departs from the advice")
    reason: str | None = Field(repr=False)
    reference: str | None = Field(repr=False)
    look_again: date | None


class DossierRecord(Listed):
    """A dossier with its versions, advices and decisions, the newest first."""

    versions: tuple[VersionEntry, ...]
    advices: tuple[AdviceEntry, ...]
    decisions: tuple[DecisionEntry, ...]


class WrongPart(Part):
    """One thing wrong with a request."""

    name: str
    says: str


class Problem(Part):
    """What went wrong (RFC 9457), in Dutch or English."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str = Field(description="tell it to your administrator: it stands in the log")
    errors: tuple[WrongPart, ...] = ()


class Query(BaseModel):
    """Parameters of the register. Any other is refused, so that a mistyped filter never shows everything."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    state: Literal[StateWord, "line"] | None = Field(None, description="where a dossier is; `line`: entered by hand")
    domain: str | None = Field(None, min_length=1, max_length=60, pattern="^[a-z0-9_]+$")
    decision: DecisionWord | None = None
    q: str | None = Field(
        None, min_length=1, max_length=200, pattern=r"^[^\x00]+$", description="a part of a title, number or reference"
    )
    changed_since: str | None = Field(None, pattern=MOMENT, description="changed at this moment or later (RFC 3339)")
    limit: int = Field(100, ge=1, le=500)
    after: str | None = Field(
        None, pattern=PLACE, description="where a page begins: take it from `next`, do not make it up"
    )


class OfDossier(BaseModel):
    """What the path says."""

    dossier: str = Field(pattern=UUID, description="the id of a dossier")


class OfVersion(OfDossier):
    """What the path says."""

    number: int = Field(ge=1, le=999_999, description="the number of a version")


class OfFile(OfVersion):
    """What the path says."""

    format: Literal["pdf", "docx", "html", "md"]


class OfDraft(OfVersion):
    """What the path says."""

    draft: Literal["dpia", "register", "record"] = Field(
        description="of an assessment of risks (DPIA), for the Algorithm Register, for the record of processing"
    )
    format: Literal["docx", "html", "md", "json", "txt", "csv"]
