"""Staff ask for an action in a cell of a saved workbook and are answered there; no macro, no button.

It is the way for WPS, and for PCs on which Office may not start programs. A file that is open cannot be written, so
each request waits until the shop's workbooks are closed.
"""
