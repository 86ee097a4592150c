Attribute VB_Name = "DealerBlocks"
Option Explicit

' What Python asks for when a button is clicked: all sheets of an open workbook in one call, which Excel itself has none for.
' For each sheet its name, the first row and column of its used cells, and what they hold.
' A sheet far larger than any of ours, or one with an error, is left out; Python reads it alone, if it needs it at all.

Private Const MOST_CELLS As Double = 2000000

Public Function DealerSheets(book As String) As Variant
    Dim found() As Variant, place As Long, sheets As Object
    On Error GoTo Unread
    Set sheets = Workbooks(book).Worksheets
    ReDim found(1 To sheets.Count)
    For place = 1 To sheets.Count
        found(place) = OneSheet(sheets(place))
    Next
    DealerSheets = found
Unread:
End Function

Private Function OneSheet(sheet As Object) As Variant
    Dim used As Range
    On Error GoTo Unread
    Set used = sheet.UsedRange
    If CDbl(used.Rows.Count) * used.Columns.Count <= MOST_CELLS Then
        OneSheet = Array(sheet.Name, used.Row, used.Column, used.Value)
    End If
Unread:
End Function
