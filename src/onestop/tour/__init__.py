"""The guided tour: the whole main job by real keys in the real windows, with a picture of each window."""

from __future__ import annotations

from onestop.tour.guide import run_tour
from onestop.tour.shop_tour import run_shop_tour

__all__ = ["run_shop_tour", "run_tour"]
