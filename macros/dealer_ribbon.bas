Attribute VB_Name = "DealerRibbon"
Option Explicit

' One line a button: each calls the function of dealer_xl/addin.py that bears its name.
' ASCII only: VBA source is kept in the code page of the machine, Chinese belongs into ribbon.xml and Python.

Public Sub DealerCheck(control As IRibbonControl)
    RunPython "from dealer_xl import addin; addin.check()"
End Sub

Public Sub DealerToday(control As IRibbonControl)
    RunPython "from dealer_xl import addin; addin.today()"
End Sub

Public Sub DealerSummary(control As IRibbonControl)
    RunPython "from dealer_xl import addin; addin.summary()"
End Sub

Public Sub DealerLetters(control As IRibbonControl)
    RunPython "from dealer_xl import addin; addin.letters()"
End Sub

Public Sub DealerUndo(control As IRibbonControl)
    RunPython "from dealer_xl import addin; addin.undo()"
End Sub
