"""The sample store behind `dealer-xl demo`: a seeded year of an invented shop, mistakes included."""

from dealer_xl.sample.make import make_sample
from dealer_xl.sample.plan_rows import SHOP
from dealer_xl.sample.sample_types import Cell, Planted, Sample

__all__ = ["SHOP", "Cell", "Planted", "Sample", "make_sample"]
