"""The decision pack: written, and verified from its own inputs."""

from scoring.export.pack.analyses import Analyses, analyse
from scoring.export.pack.differences import Difference
from scoring.export.pack.pseudonyms import pseudonyms_for
from scoring.export.pack.record import Record, ScoreReason, WeightSetting
from scoring.export.pack.verify import Verdict, verify
from scoring.export.pack.write import write_pack

__all__ = [
    "Analyses",
    "Difference",
    "Record",
    "ScoreReason",
    "Verdict",
    "WeightSetting",
    "analyse",
    "pseudonyms_for",
    "verify",
    "write_pack",
]
