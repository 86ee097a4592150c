Attribute VB_Name = "DealerRibbon"
Option Explicit

' One line a button: each calls the function of dealer_xl/addin.py that bears its name.
' The ribbon hands over the clicked control; Alt+F8, a key and Calc hand over nothing, so it is optional.
' It is As Object, since only Excel knows IRibbonControl.
' ASCII only: VBA source is kept in the code page of the machine, Chinese belongs into ribbon.xml and Python.

Public Sub DealerCheck(Optional control As Object)
    RunPython "from dealer_xl import addin; addin.check()"
End Sub

Public Sub DealerToday(Optional control As Object)
    RunPython "from dealer_xl import addin; addin.today()"
End Sub

Public Sub DealerBook(Optional control As Object)
    RunPython "from dealer_xl import addin; addin.book()"
End Sub

Public Sub DealerSummary(Optional control As Object)
    RunPython "from dealer_xl import addin; addin.summary()"
End Sub

Public Sub DealerLetters(Optional control As Object)
    RunPython "from dealer_xl import addin; addin.letters()"
End Sub

Public Sub DealerPlan(Optional control As Object)
    RunPython "from dealer_xl import addin; addin.plan()"
End Sub

Public Sub DealerAdopt(Optional control As Object)
    RunPython "from dealer_xl import addin; addin.adopt()"
End Sub

Public Sub DealerUndo(Optional control As Object)
    RunPython "from dealer_xl import addin; addin.undo()"
End Sub

Public Sub DealerFolder(Optional control As Object)
    RunPython "from dealer_xl import addin; addin.folder()"
End Sub

Public Sub DealerGuide(Optional control As Object)
    RunPython "from dealer_xl import addin; addin.guide()"
End Sub
