"""Header text against names: misspelt, shortened, or made into its opposite."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rapidfuzz.distance import OSA

_OPPOSITES = ("un", "mis", "non", "in", "im", "dis", "anti", "counter", "over", "under")


def misspelt(text: str, names: Collection[str]) -> list[str]:
    """The names that `text` is nearest to, all equally near; none where it is near to none.

    Distance counts letters added, dropped, changed or swapped with the next (Damerau 1964).
    """
    near: dict[str, int] = {}
    for name in names:
        shorter = min(len(name), len(text))
        most = 0 if shorter < 5 else 1 if shorter < 8 else 2 if shorter < 16 else 3
        if not most and _drops_one(text, name):
            most = 1
        if not most or abs(len(name) - len(text)) > most:
            continue
        distance = OSA.distance(name, text, score_cutoff=most)
        if distance <= most and _word_by_word(text.split(), name.split()):
            near[name] = distance
    least = min(near.values(), default=0)
    return [name for name, distance in near.items() if distance == least]


def opposite(text: str, names: Collection[str]) -> str:
    """The name that `text` turns into its opposite ("unaffordability"); "" where it turns none."""
    words = text.split()
    for k, word in enumerate(words):
        for start in _OPPOSITES:
            rest = word.removeprefix(start).lstrip("-")
            if rest == word or len(rest) < 4:
                continue
            turned = " ".join([*words[:k], rest, *words[k + 1 :]])
            if turned in names:
                return turned
            near = misspelt(turned, names)
            if near and OSA.distance(turned, near[0]) < OSA.distance(text, near[0]):
                return near[0]
    return ""


def shortened(text: str, name: str) -> bool:
    """ "strat align": each word begins the matching word of the name."""
    words, parts = text.split(), name.split()
    enough = 3 if len(words) > 1 else 5
    return len(words) == len(parts) and all(
        len(word) >= enough and part.startswith(word)
        for word, part in zip(words, parts, strict=True)
    )


def _word_by_word(words: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether no word is a different one: "ease of delivery" is not "pace of delivery"."""
    if len(words) != len(parts) or len(words) == 1:
        return True
    return all(
        OSA.distance(word, part) <= (0 if len(part) < 4 else 1 if len(part) < 8 else 2)
        and (len(part) > 4 or word[0] == part[0])
        for word, part in zip(words, parts, strict=True)
    )


def _drops_one(text: str, name: str) -> bool:
    """Whether three letters or more are a short name without one inside it: "cst" for "cost"."""
    return (
        len(text) >= 3
        and len(name) == len(text) + 1
        and text[0] == name[0]
        and text[-1] == name[-1]
        and any(name[:k] + name[k + 1 :] == text for k in range(1, len(name) - 1))
    )
