@echo off
rem Drop the folder of a shop, or a file in it, on this shortcut: a menu opens.
rem ASCII only, since cmd reads this file in the code page of the PC. Windows quotes no path that holds an
rem ampersand but no space, and cmd cuts it there; so the program reads from the whole line what was dropped,
rem and the exit at the end keeps cmd from running the rest of the path as a command.
setlocal EnableExtensions EnableDelayedExpansion
set "DEALER_XL_DROPPED=!cmdcmdline!"
setlocal DisableDelayedExpansion
set "DEALER_XL_SHORTCUT=%~nx0"
set "DEALER_XL=dealer-xl"
if exist "%~dp0..\.venv\Scripts\dealer-xl.exe" set "DEALER_XL=%~dp0..\.venv\Scripts\dealer-xl.exe"
if exist "%~dp0dealer-xl.exe" set "DEALER_XL=%~dp0dealer-xl.exe"
"%DEALER_XL%" menu %*
if errorlevel 1 pause
exit
