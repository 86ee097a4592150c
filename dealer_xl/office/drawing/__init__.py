"""The blank workbooks as staff first see them, drawn with XlsxWriter."""
