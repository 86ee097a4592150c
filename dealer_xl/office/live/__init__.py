"""A running Excel: workbooks that are open are read and written in blocks through xlwings."""
