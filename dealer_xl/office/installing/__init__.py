"""The add-in put into Excel's start folder and taken out again, and why its buttons may not work on this computer."""
