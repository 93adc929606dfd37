"""Makes data/sample-round.xlsx: the real 2026/27 intentions with invented scores.

The titles, domains and tags of the 84 intentions come from the five-year plan of Lancashire and
South Cumbria (in our own short words, data/intentions_2026_27.csv). Everything else, the scores,
money, staff, gates and segment answers and the ten intentions whose ref begins with INV, is
invented from a fixed seed and says so in the workbook.

    python -m data.make_sample_round
"""

from __future__ import annotations

import csv
import io
import random
from datetime import datetime
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent
TITLES = HERE / "intentions_2026_27.csv"
WORKBOOK = HERE / "sample-round.xlsx"
SEED = 20260401
NOTICE = (
    "Sample round. The titles of the first 84 intentions are real, in our own short words. "
    "All scores, money, staff, gates and answers, and the refs that begin with INV, are illustrative."
)
CRITERIA = (
    "Strategic Alignment", "Impact", "Cost", "Complexity", "Resource Capacity", "Effort", "Time",
)  # fmt: skip
QUESTIONS = (
    "Business as usual", "Unfunded or withdrawn", "Single trust, no new income",
    "Long-term reconfiguration", "Budget effect this year", "Efficiency or improvement",
    "Main impact",
)  # fmt: skip
HEADER = (
    "Ref", "Title", "Function", "Domain", "Provider", *CRITERIA, *QUESTIONS, "Must do",
    "Recurrent investment (£)", "One-off investment (£)", "Saving (£)", "Maturity",
    "Staff needed (WTE)", "QIA", "EHIIRA", "Business case", "Unifying goal", "Tags", "Notes",
)  # fmt: skip
FUNCTIONS = {
    "SGW": "Primary & Community", "MHL": "Mental Health", "PLC": "Acute", "CAN": "Acute",
    "UEC": "Acute", "WKW": "Primary & Community", "AGE": "Primary & Community", "DYW": "AACC",
    "DIG": "Other", "NBH": "Primary & Community", "FIN": "Other", "LTC": "Primary & Community",
}  # fmt: skip
ONE_BY_ONE = {
    "MHL-10": "LDA", "PLC-05": "Prescribing", "FIN-02": "Prescribing", "LTC-03": "Prescribing",
    "LTC-04": "Prescribing", "MHL-05": "LDA", "SGW-05": "LDA", "FIN-03": "Prescribing",
}  # fmt: skip
TRUSTS = ("Trust North", "Trust East", "Trust Central", "Trust Coast")
INVENTED = (
    ("INV-01", "Block deduction for outpatient activity no longer provided", "0", "Acute"),
    ("INV-02", "End of non-recurrent winter ward funding", "0", "Acute"),
    ("INV-03", "Deficit support withdrawn in line with the recovery plan", "0", "Other"),
    ("INV-04", "Unfunded growth in specialist wheelchair demand", "0", "AACC"),
    ("INV-05", "Community bed contract that has ended", "0", "Primary & Community"),
    ("INV-06", "Trust to close the gap left by the ended winter ward", "1", "Acute"),
    ("INV-07", "Trust to absorb the outpatient block deduction", "1", "Acute"),
    ("INV-08", "Trust agency staffing reduction without new income", "1", "Mental Health"),
    ("INV-09", "Trust estate costs reduced after a service moves out", "1", "Acute"),
    ("INV-10", "Annual review of statutory child health surveillance", "outside", "Other"),
)
MUST_DO = {
    "DYW-03": "Statutory duty to commission palliative care (illustrative)",
    "LTC-03": "Mandated by NICE technology appraisal (illustrative)",
    "SGW-01": "National maternity requirement (illustrative)",
}
NOT_SCORED = {
    "FIN-04": ("Cost", "Time"), "DIG-05": ("Resource Capacity",), "WKW-03": ("Impact",),
    "CAN-02": ("Cost",), "NBH-03": ("Complexity", "Effort"), "INV-03": CRITERIA,
}  # fmt: skip
ANSWERS = {  # segment: answers to the questions in order
    "outside": ("yes", "no", "no", "no", "no", "no", ""),
    "0": ("no", "yes", "no", "no", "yes", "no", ""),
    "1": ("no", "no", "yes", "no", "yes", "no", "provider"),
    "2-provider": ("no", "no", "no", "no", "yes", "yes", "provider"),
    "2-icb": ("no", "no", "no", "no", "yes", "yes", "ICB"),
    "3": ("no", "no", "no", "yes", "no", "no", "both"),
}
OPEN = {  # answers that nobody has given yet: {ref: questions left blank}
    "SGW-05": ("Main impact",), "MHL-04": ("Main impact",), "NBH-06": QUESTIONS,
    "FIN-04": ("Efficiency or improvement", "Main impact"), "WKW-04": QUESTIONS,
    "AGE-01": ("Budget effect this year",), "MHL-01": ("Budget effect this year",),
}  # fmt: skip
BOTH = ("PLC-03", "UEC-07", "DIG-04")  # the main impact is at providers and the ICB alike
YEAR_ONE_SAVING = ("MHL-02", "FIN-06")  # long-term, and yet a budget effect this year


def _typical(segment: str, chance: random.Random) -> list[int]:
    """Scores that a panel might give an intention of that kind. 5 is always the better end."""
    likely = {
        "0": (2, 2, 4, 4, 4, 4, 4), "1": (3, 3, 4, 3, 3, 3, 4), "outside": (2, 1, 3, 4, 3, 3, 3),
        "2-provider": (4, 3, 3, 3, 3, 3, 3), "2-icb": (4, 4, 3, 3, 3, 3, 3),
        "3": (4, 4, 2, 2, 2, 2, 2),
    }[segment]  # fmt: skip
    return [min(5, max(1, mean + chance.choice((-2, -1, -1, 0, 0, 0, 1, 1, 2)))) for mean in likely]


def _row(ref: str, title: str, domain: str, tags: str, segment: str, function: str) -> list[object]:
    chance = random.Random(f"{SEED} {ref}")  # noqa: S311 - a sample, not a secret
    scores: list[object] = [
        "" if name in NOT_SCORED.get(ref, ()) else score
        for name, score in zip(CRITERIA, _typical(segment, chance), strict=True)
    ]
    answers = dict(zip(QUESTIONS, ANSWERS[segment], strict=True))
    if ref in BOTH:
        answers["Main impact"] = "both"
    if ref in YEAR_ONE_SAVING:
        answers["Budget effect this year"] = "yes"
    answers.update(dict.fromkeys(OPEN.get(ref, ()), ""))
    cost = scores[2] if isinstance(scores[2], int) else 3
    recurrent = {1: 900, 2: 400, 3: 0, 4: 0, 5: 0}[cost] * 1000 + chance.randrange(0, 60) * 1000 * (
        cost < 3
    )
    one_off = {1: 600, 2: 200, 3: 80, 4: 0, 5: 0}[cost] * 1000 + chance.randrange(0, 20) * 1000 * (
        cost < 4
    )
    saving = chance.randrange(5, 120) * 10_000 if segment in ("1", "2-provider", "2-icb") else 0
    provider = (
        chance.choice(TRUSTS)
        if segment == "1"
        else ("All trusts" if segment == "2-provider" else "")
    )
    return [
        ref, title, function, domain, provider, *scores, *answers.values(), MUST_DO.get(ref, ""),
        recurrent, one_off, saving,
        chance.choice(("Fully developed", "In progress", "Opportunity")) if saving else "",
        round(chance.choice((0, 0, 0.5, 1, 2, 4)) * (6 - cost) / 3, 1),
        chance.choice(("Not started", "Drafted", "Screened", "Approved")),
        chance.choice(("Not needed", "Recommended", "Done")),
        "Needed" if recurrent else "Not needed",
        chance.choice(("", "", "", "Healthy life expectancy", "Non-elective admissions", "Children")),
        tags, "Illustrative",
    ]  # fmt: skip


def rows() -> list[list[object]]:
    """Every row below the header: 84 real intentions, then the ten invented ones."""
    made = []
    with TITLES.open(encoding="utf-8", newline="") as file:
        for entry in csv.DictReader(file):
            ref = entry["ref"]
            function = ONE_BY_ONE.get(ref, FUNCTIONS[ref[:3]])
            made.append(
                _row(
                    ref,
                    entry["title"],
                    entry["domain"],
                    entry["tags"],
                    entry["likely_segment"],
                    function,
                )
            )
    for ref, title, segment, function in INVENTED:
        made.append(
            _row(ref, title, "Contract review (invented)", "illustrative", segment, function)
        )
    return made


def make() -> bytes:
    """The workbook. The same seed gives the same cells."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties(
        {"title": "Sample round 2026/27", "comments": NOTICE, "created": datetime(2026, 4, 1)}
    )
    bold = book.add_format({"bold": True, "font_size": 14, "font_name": "Arial"})
    note = book.add_format({"italic": True, "font_name": "Arial"})
    head = book.add_format(
        {"bold": True, "bg_color": "#005eb8", "font_color": "#ffffff", "text_wrap": True,
         "valign": "top", "border": 1, "font_name": "Arial"}
    )  # fmt: skip
    body = book.add_format({"font_name": "Arial", "valign": "top"})
    sheet = book.add_worksheet("Intentions")
    sheet.write_string(0, 0, "Commissioning intentions 2026/27: sample round", bold)
    sheet.write_string(1, 0, NOTICE, note)
    sheet.write_row(3, 0, HEADER, head)
    for number, row in enumerate(rows(), start=4):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(number, column, value, body)
    sheet.freeze_panes(4, 2)
    sheet.autofilter(3, 0, 3 + len(rows()), len(HEADER) - 1)
    sheet.set_column(0, 0, 9)
    sheet.set_column(1, 1, 58)
    sheet.set_column(2, len(HEADER) - 1, 15)
    about = book.add_worksheet("About")
    about.set_column(0, 0, 110)
    for line, text in enumerate(
        (
            "About this workbook",
            NOTICE,
            "Scores are 1 to 5 and 5 is always the better end: a Cost of 5 releases cash, a Time of 5 is under 3 months.",
            "A blank score means not scored. It is never 0.",
            "Source of the titles: Lancashire and South Cumbria five-year strategic commissioning plan, intentions for 2026/27.",
            "Made by data/make_sample_round.py from a fixed seed.",
        )
    ):
        about.write_string(line, 0, text, bold if line == 0 else body)
    book.close()
    return target.getvalue()


if __name__ == "__main__":
    WORKBOOK.write_bytes(make())
