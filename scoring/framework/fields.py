"""The fields an intention can have besides its scores and its framework's segment questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["text", "yes_no", "money", "number", "choice"]


@dataclass(frozen=True, slots=True)
class Field:
    """A named column: what it is called on screen, what it holds, what else people call it."""

    id: str
    name: str
    kind: FieldKind
    about: str
    also_called: tuple[str, ...] = ()


FIELDS: tuple[Field, ...] = (
    Field("ref", "Ref", "text", "A short code that names one intention",
          ("reference", "id", "ci ref", "ci id", "ci number", "unique id", "ref no", "code",
           "ci ref no", "ref number", "reference number", "reference no", "intention ref", "scheme ref", "project ref",
           "scheme id", "scheme no", "scheme number", "project id", "project no", "ci no", "urn",
           "unique reference", "unique reference number", "unique ref", "unique ref no",
           "intention id", "intention no", "intention number", "intention reference",
           "proposal id", "proposal ref")),
    Field("title", "Title", "text", "What the intention is, in a line",
          ("intention", "commissioning intention", "name", "scheme", "scheme name", "proposal",
           "project", "intention title", "short title", "title of intention", "intention name",
           "name of scheme", "name of intention", "option", "initiative", "scheme title", "project title", "project name",
           "name of proposal", "proposal name", "proposal title", "title of proposal",
           "proposed change", "name of project", "name of initiative", "initiative name")),
    Field("description", "Description", "text", "The intention in a sentence or more",
          ("detail", "details", "summary", "narrative", "scheme description",
           "intention description", "description of intention", "project description",
           "proposal description", "what do we want to do")),
    Field("function", "Function", "text", "The commissioning function that leads it",
          ("commissioning function", "team", "directorate", "portfolio", "lead function",
           "programme")),
    Field("domain", "Domain", "text", "The life-course domain or theme",
          ("life course", "life-course domain", "theme", "chapter")),
    Field("provider", "Provider", "text", "The trust or provider concerned",
          ("trust", "providers", "lead provider", "organisation")),
    Field("status", "Status", "text", "Where the intention stands in the round", ("state",)),
    Field("investment_recurrent", "Recurrent investment (£)", "money", "New money each year",
          ("recurrent cost", "recurrent investment", "annual cost", "recurring cost")),
    Field("investment_one_off", "One-off investment (£)", "money", "New money once",
          ("non-recurrent cost", "one-off cost", "capital", "non recurrent investment")),
    Field("saving", "Saving (£)", "money", "Money released in a full year",
          ("savings", "efficiency", "full year saving", "annual saving", "cost saving")),
    Field("maturity", "Maturity", "choice", "How far the saving is worked up",
          ("plan maturity", "delivery maturity")),
    Field("wte", "Staff needed (WTE)", "number", "Whole-time equivalents needed",
          ("whole time equivalent", "staff", "fte", "workforce wte")),
    Field("qia", "Quality impact assessment", "text", "Where the QIA stands",
          ("quality impact assessment", "qia status")),
    Field("ehiira", "EHIIRA", "text", "Where the equality and health inequalities assessment stands",
          ("equality impact assessment", "eia", "ehia", "ehiira status")),
    Field("business_case", "Business case", "text", "Where the business case stands",
          ("business case status",)),
    Field("national_priority", "National priority", "text", "The planning guidance it answers",
          ("national planning guidance", "planning guidance")),
    Field("unifying_goal", "Unifying goal", "text", "The unifying goal it serves",
          ("unifying goals", "goal")),
    Field("must_do", "Must do", "text", "Why it must be done whatever its score",
          ("statutory", "mandated", "must-do", "statutory duty", "national must do")),
    Field("tags", "Tags", "text", "Labels to filter by, with semicolons between them",
          ("tag", "labels", "three shifts", "strategic priority", "priority area")),
    Field("notes", "Notes", "text", "Anything else",
          ("comment", "comments", "rationale", "remarks", "note")),
)  # fmt: skip
