"""A round with people in it, its pack, and packs that were tampered with."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from scoring.analysis.links import Relation
from scoring.export.fixed_zip import zip_of
from scoring.export.pack import Analyses, Record, ScoreReason, WeightSetting, analyse, write_pack
from scoring.export.paper import Choices
from scoring.intake.result import Source
from scoring.ranking import Ranking
from scoring.scenario import Scenario
from tests.unit.export_paper.papers import ABOUT, ranking

BRIEF = Choices(("criteria",))  # a short paper keeps these tests quick
NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def record() -> Record:
    """Who set the weights and why, one reason, and no source files."""
    now = ranking({"impact": "30"})
    return Record(
        (
            WeightSetting(ranking().weights, "Board", NINE, "As published"),
            WeightSetting(now.weights, "Dr Jane Smith", NINE, "Dr Jane Smith: impact first", "Impact first"),
        ),
        (ScoreReason("A", "impact", "National audit, says A. Analyst", "Pat O'Brien"),),
    )  # fmt: skip


def beside(round_ranked: Ranking) -> Analyses:
    """Published and current weights beside one that Jane saved, firmness, other methods, a link."""
    weights = round_ranked.sheet.framework.weights_with({"cost": "40"})
    saved = Scenario("Cost first", weights, 2, "Says Dr Jane Smith", "Dr Jane Smith", NINE)
    link = Relation("A", "depends_on", "B", "Dr Jane Smith says so")
    return analyse(round_ranked, 2, [saved], links=[link])


@cache
def pack() -> bytes:
    """The five by changed weights, with an override, a record and what was found besides."""
    ranked = ranking({"impact": "30"}, override=True)
    return write_pack(ranked, ABOUT, record(), choices=BRIEF, analyses=beside(ranked))


def files_of(data: bytes) -> dict[str, bytes]:
    """The files of a pack."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(name: str, change: Callable[[Any], None], *, cover_up: bool) -> bytes:
    """The pack with one JSON file changed; covered up, the manifest is made to agree."""
    files = files_of(pack())
    document = json.loads(files[name])
    change(document)
    return repacked(files | {name: json.dumps(document).encode()}, cover_up=cover_up)


def repacked(files: dict[str, bytes], *, cover_up: bool) -> bytes:
    """A pack of these files; covered up, the manifest is made to agree with them."""
    if cover_up:
        manifest = json.loads(files["manifest.json"])
        for entry in manifest["files"]:
            if entry["name"] in files:
                data = files[entry["name"]]
                entry["sha256"], entry["bytes"] = hashlib.sha256(data).hexdigest(), len(data)
        files = files | {"manifest.json": json.dumps(manifest).encode()}
    return zip_of(files)


def source(name: str, data: bytes) -> Source:
    """A source file."""
    return Source(name, data)
