"""The sample store behind `dealer-xl demo`: a seeded year of an invented shop, mistakes included."""

from dealer_xl.dealership.sample.make import make_sample
from dealer_xl.dealership.sample.plans import SHOP
from dealer_xl.dealership.sample.store import Cell, Planted, Sample

__all__ = ["SHOP", "Cell", "Planted", "Sample", "make_sample"]
