"""Where a table stands in a sheet, and what shall change in it: the same for every host of a workbook."""
