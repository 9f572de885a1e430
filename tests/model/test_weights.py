"""Weights that have to agree."""

from __future__ import annotations

from onestop.model.weights import axle_problems, gross_weight_problems


def test_the_ministrys_samples_agree() -> None:
    assert axle_problems(2810, [1710, None, None, 1100]) == ()
    assert axle_problems(810, [490, 320]) == ()
    assert gross_weight_problems(5920, 2810, 2, 3000) == ()
    assert gross_weight_problems(1030, 810, 4, None) == ()


def test_a_difference_is_named_with_both_figures() -> None:
    (axles,) = axle_problems(2810, [1700, 1100])
    (gross,) = gross_weight_problems(5920, 2810, 3, 3000)
    assert (axles.field, gross.field) == ("weight_kg", "gross_weight_kg")
    assert "2810kg" in axles.message
    assert "2800kg" in axles.message
    assert "5975kg" in gross.message


def test_what_is_not_known_is_not_judged() -> None:
    assert axle_problems(None, [1]) == ()
    assert axle_problems(810, [None, None]) == ()
    assert gross_weight_problems(None, 1, 1, 1) == ()
    assert gross_weight_problems(1, None, 1, 1) == ()
    assert gross_weight_problems(1, 1, None, 1) == ()
