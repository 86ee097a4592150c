"""Door 4: a numbered menu of the jobs in the console, for whoever drops the shop's folder on the shortcut."""

from dealer_xl.picking.pick import Talk, pick

__all__ = ["Talk", "pick"]
