"""Chances against a published case: the benefits and risks of four antidepressants and placebo.

Inputs and results: van Valkenhoef, Tervonen, Zhao, de Brock, Hillege & Postmus, "Multicriteria
benefit-risk assessment using network meta-analysis", Journal of Clinical Epidemiology 65(4), 2012,
as kept by its authors with ADDIS, the program that runs JSMAA: classes NetworkBenefitRiskTest ("the
exact ones used for the paper") and NetworkBenefitRiskTestBase in github.com/drugis/addis, where
JSMAA must come within 0.02 of these chances and 0.03 of these weights and confidence factors. That
each criterion's scale is the proportion of patients from 0 to 1 is said in
examples/regular-examples/hansen.json of github.com/drugis/mcda-elicitation-web.
"""

from __future__ import annotations

import numpy as np
import pytest

from scoring.analysis.confidence import confidence_factors
from scoring.analysis.draws import Anywhere
from scoring.analysis.score_draws import FromSamples
from scoring.analysis.simulate import simulate
from scoring.analysis.simulation import Simulation
from scoring.framework import Criterion, Framework, Scale
from scoring.ranking import prioritise
from scoring.sheet import Floats, ScoreSheet

DRUGS = ("Fluoxetine", "Paroxetine", "Placebo", "Sertraline", "Venlafaxine")
DRAWS = 10_000

# Log odds under placebo (mean, standard deviation); log odds ratios of the four drugs to placebo,
# in the order above (means, and the upper triangle of their covariances, row by row).
EFFECTS: dict[str, tuple[tuple[float, float], tuple[float, ...], tuple[float, ...]]] = {
    "Diarrhea": (
        (-2.189737, 0.2074509),
        (0.60820293, 0.14088424, 0.93203685, 0.09601785),
        (0.05366822, 0.04117003, 0.03407600, 0.03788519, 0.08108542,
         0.03778130, 0.04324302, 0.05394404, 0.03338272, 0.09859621),
    ),
    "Dizziness": (
        (-2.229952, 0.6103081),
        (0.1203208, 0.6538699, -0.2203627, 1.1915229),
        (0.09124249, 0.07387436, 0.08086186, 0.06457527, 0.14080128,
         0.10328788, 0.07030520, 0.14662864, 0.06920427, 0.08590214),
    ),
    "HAM-D responders": (
        (-0.1714358, 0.1129926),
        (0.4718129, 0.7258847, 0.6715258, 0.8211993),
        (0.013445532, 0.010394690, 0.009881156, 0.010499559, 0.023006616,
         0.008196856, 0.010732709, 0.019023866, 0.009210099, 0.019107243),
    ),
    "Headache": (
        (-1.195991, 0.2926644),
        (0.1964591, 0.1263129, 0.2029933, -0.2254059),
        (0.03519380, 0.02755068, 0.02189916, 0.02919822, 0.04847513,
         0.02374509, 0.03277411, 0.03259199, 0.02356638, 0.05920276),
    ),
    "Insomnia": (
        (-2.607277, 0.1905852),
        (0.7978386, 0.7486351, 1.0663029, 0.9744811),
        (0.04388258, 0.03516051, 0.02560003, 0.03283164, 0.06255486,
         0.02807280, 0.03474863, 0.05402063, 0.02592013, 0.06738850),
    ),
    "Nausea": (
        (-2.017171, 0.1917053),
        (0.3951561, 0.6442827, 0.6469638, 0.9771107),
        (0.04167875, 0.03492591, 0.02952693, 0.03559971, 0.05629741,
         0.03102295, 0.03658295, 0.04396177, 0.02899487, 0.05369960),
    ),
}  # fmt: skip
PLACES = (
    (0.0215, 0.2648, 0.3217, 0.3143, 0.0777),
    (0.1496, 0.3248, 0.2519, 0.2249, 0.0488),
    (0.6114, 0.1201, 0.0868, 0.0545, 0.1272),
    (0.0758, 0.1342, 0.1931, 0.2389, 0.3580),
    (0.1417, 0.1561, 0.1465, 0.1674, 0.3883),
)
CENTRAL = (
    (0.08646901, 0.24112709, 0.22045918, 0.1362404, 0.10229834, 0.21340600),
    (0.17593187, 0.12181948, 0.29181468, 0.1293235, 0.13949573, 0.14161473),
    (0.17986517, 0.17659262, 0.09069475, 0.1618931, 0.19437357, 0.19658082),
    (0.07495453, 0.31162260, 0.27471687, 0.1266365, 0.09423491, 0.11783455),
    (0.18030730, 0.07638429, 0.27879293, 0.2584503, 0.11542176, 0.09064338),
)
CONFIDENCE = (0.1144, 0.5532, 0.9870, 0.5538, 0.6522)


def sampled() -> Floats:
    """(samples, drugs, criteria): the proportion of patients with each outcome."""
    rng, columns = np.random.default_rng(2012), []
    for (mean, deviation), ratios, upper in EFFECTS.values():
        covariance = np.zeros((4, 4))
        covariance[np.triu_indices(4)] = upper
        covariance += np.triu(covariance, 1).T
        odds = rng.normal(mean, deviation, (DRAWS, 1)) + np.insert(
            rng.multivariate_normal(ratios, covariance, DRAWS), 2, 0.0, axis=1
        )
        columns.append(1 / (1 + np.exp(-odds)))
    return np.stack(columns, axis=-1)


@pytest.fixture(scope="module")
def antidepressants() -> Simulation:
    criteria = tuple(
        Criterion(
            id=f"c{i}",
            name=name,
            asks="What proportion of patients?",
            weight=1,
            scale=Scale(low=0, high=1, step="0.0001", better="high" if "HAM" in name else "low"),
        )
        for i, name in enumerate(EFFECTS)
    )
    framework = Framework(id="drugs", name="Drugs", about="For tests", criteria=criteria)
    samples = sampled()
    middle = np.round(samples.mean(axis=0), 4)
    ranking = prioritise(ScoreSheet(framework, DRUGS, DRUGS, middle))
    return simulate(ranking, 1, Anywhere(), FromSamples(samples), draws=DRAWS)


def test_the_chance_of_each_place_is_within_0_02_of_what_was_published(
    antidepressants: Simulation,
) -> None:
    assert antidepressants.acceptability == pytest.approx(np.array(PLACES), abs=0.02)


def test_the_central_weights_are_within_0_03_of_what_was_published(
    antidepressants: Simulation,
) -> None:
    assert antidepressants.central_weights == pytest.approx(np.array(CENTRAL), abs=0.03)


def test_the_confidence_factors_are_within_0_03_of_what_was_published(
    antidepressants: Simulation,
) -> None:
    factors = confidence_factors(antidepressants, 10_000)
    assert factors == pytest.approx(np.array(CONFIDENCE), abs=0.03)
