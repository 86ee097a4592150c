Attribute VB_Name = "StandIn"
Option Explicit

' In place of the module xlwings, which starts Python by means of Windows: Calc starts the program "python" that lies
' beside the add-in. Unlike in Excel nobody waits for it, so that it can ask Calc for the open workbooks meanwhile.

Public Function RunPython(PythonCommand As String)
    Shell """" & ThisWorkbook.Path & "/python"" -c """ & PythonCommand & """", 0
End Function
