"""A numbered menu of the actions in the console, for whoever drops the shop's folder on the shortcut."""
