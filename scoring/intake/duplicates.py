"""Likely duplicates and overlaps among intentions, most likely first, each with a reason.

A suggestion only: nothing is merged here. Two intentions are compared by the words that are left
when abbreviations are spelt out and names and boilerplate are taken away (`vocabulary`), a rare
word counting for more than a common one: cosine of TF-IDF vectors (Salton and Buckley 1988,
"Term-weighting approaches in automatic text retrieval") of words and pairs of words, with the
rarity cubed so that common words hardly count, and of runs of letters beside them so that a
misspelt word still counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from scoring.intake.vocabulary import Vocabulary, load_vocabulary
from scoring.sheet import ScoreSheet

LIKELY = 0.15  # of the 58 pairs above this among the 84 real intentions, 22 were gold pairs
_CANDIDATE = 0.05
_CHUNK = 500
_WORDS, _LETTERS = 0.8, 0.2  # what each likeness counts for; they add to 1


Terms = tuple[tuple[str, str], ...]  # (the form compared, how it is written)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two intentions that may be the same: refs in source order, likeness 0-1, and why."""

    a: str
    b: str
    score: float
    reason: str
    shared: tuple[str, ...] = ()
    only_a: tuple[str, ...] = ()
    only_b: tuple[str, ...] = ()


def find_duplicates(
    sheet: ScoreSheet,
    vocabulary: Vocabulary | None = None,
    top: int = 200,
    at_least: float = LIKELY,
) -> tuple[Pair, ...]:
    """The pairs of intentions that look alike, most likely first, at most `top` of them.

    Titles are compared, and descriptions where there are any; the better likeness counts. Equal
    likenesses keep source order. `vocabulary` defaults to data/abbreviations.toml.
    """
    known = load_vocabulary() if vocabulary is None else vocabulary
    terms = [known.terms(title) for title in sheet.titles]
    titles = [tuple(form for form, _ in term) for term in terms]
    best = dict(_alike(titles, top))
    descriptions = sheet.fields.get("description", ())
    if any(descriptions):
        whole = [
            (*words, *known.words(str(text or "")))
            for words, text in zip(titles, descriptions, strict=True)
        ]
        for pair, score in _alike(whole, top):
            best[pair] = max(score, best.get(pair, 0.0))
    likely = [(pair, score) for pair, score in best.items() if score >= at_least]
    likely.sort(key=lambda found: (-found[1], found[0]))
    return tuple(_pair(sheet, terms, i, j, score) for (i, j), score in likely[:top])


def _alike(texts: list[tuple[str, ...]], top: int) -> Iterator[tuple[tuple[int, int], float]]:
    """((row, row), likeness) of the most alike texts."""
    if sum(1 for words in texts if words) < 2:
        return
    words = TfidfVectorizer(analyzer=_terms, sublinear_tf=True, norm=None, dtype=np.float32)
    by_word = normalize(words.fit_transform(texts).multiply(words.idf_**2).tocsr())
    by_letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, dtype=np.float32
    ).fit_transform([" ".join(text) or " none " for text in texts])
    for i, j, likeness in _candidates(by_word, max(5 * top, 1000)):
        letters = float(by_letters[i].multiply(by_letters[j]).sum())
        yield (i, j), min(round(_WORDS * likeness + _LETTERS * letters, 4), 1.0)


def _terms(words: tuple[str, ...]) -> list[str]:
    """Words, and neighbouring words together: "shared care" says more than "shared" and "care"."""
    return [*words, *(f"{a} {b}" for a, b in pairwise(words))]


def _candidates(vectors: csr_matrix, most: int) -> list[tuple[int, int, float]]:
    """Pairs of rows by cosine, highest first, at most `most`: a block of rows at a time."""
    across = vectors.T.tocsr()
    found: list[tuple[float, int, int]] = []
    for start in range(0, vectors.shape[0], _CHUNK):
        block = (vectors[start : start + _CHUNK] @ across).tocoo()
        rows, columns = block.row + start, block.col
        keep = (columns > rows) & (block.data >= _CANDIDATE)
        scores, rows, columns = block.data[keep], rows[keep], columns[keep]
        if len(scores) > most:
            # A stable order, so that the same texts always give the same pairs.
            chosen = np.lexsort((columns, rows, -scores))[:most]
            scores, rows, columns = scores[chosen], rows[chosen], columns[chosen]
        found += zip((-scores).tolist(), rows.tolist(), columns.tolist(), strict=True)
        found = sorted(found)[:most]
    return [(i, j, -score) for score, i, j in found]


def _pair(sheet: ScoreSheet, terms: list[Terms], i: int, j: int, score: float) -> Pair:
    a, b = dict(terms[i]), dict(terms[j])
    shared = tuple(written for form, written in a.items() if form in b)
    only_a = tuple(written for form, written in a.items() if form not in b)
    only_b = tuple(written for form, written in b.items() if form not in a)
    ref_a, ref_b = sheet.refs[i], sheet.refs[j]
    parts = ["Shared: " + (", ".join(shared) or "no whole word, but spelling or description")]
    if only_a:
        parts.append(f"only {ref_a}: {', '.join(only_a)}")
    if only_b:
        parts.append(f"only {ref_b}: {', '.join(only_b)}")
    if not only_a and not only_b:
        parts.append("nothing differs but names, small words and boilerplate")
    return Pair(ref_a, ref_b, score, "; ".join(parts), shared, only_a, only_b)
