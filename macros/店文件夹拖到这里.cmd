@echo off
rem Drop the folder of a shop, or a file in it, on this shortcut: the program opens.
rem ASCII only up to the last sentence, since cmd reads this file in the code page of the PC. Windows quotes no path
rem that holds an ampersand but no space, and cmd cuts it there; so the program reads from the whole line what was
rem dropped, and the exit at the end keeps cmd from running the rest of the path as a command.
setlocal EnableExtensions EnableDelayedExpansion
set "DEALER_XL_DROPPED=!cmdcmdline!"
setlocal DisableDelayedExpansion
set "DEALER_XL_SHORTCUT=%~nx0"
set "DEALER_XL_COMMAND=menu"
rem Where the program may lie, the nearest place last, for the last one found is taken: on the path, where installers
rem and instructions put it, where "addin install" wrote it down, in the environment or user folder whose package
rem holds this file, in the checkout, above this file (also from inside _internal\dealer_xl\macros), and beside it.
set "DEALER_XL="
set "DEALER_XL_NOTED="
set "DEALER_XL_NOTE=%LOCALAPPDATA%\dealer-xl\program.txt"
if exist "%DEALER_XL_NOTE%" set /p DEALER_XL_NOTED=<"%DEALER_XL_NOTE%"
for %%P in (dealer-xl.exe) do set "DEALER_XL=%%~$PATH:P"
for %%V in (311 312 313 314 315 316) do if exist "%APPDATA%\Python\Python%%V\Scripts\dealer-xl.exe" set "DEALER_XL=%APPDATA%\Python\Python%%V\Scripts\dealer-xl.exe"
if exist "%USERPROFILE%\.local\bin\dealer-xl.exe" set "DEALER_XL=%USERPROFILE%\.local\bin\dealer-xl.exe"
if exist "C:\dealer-xl\Scripts\dealer-xl.exe" set "DEALER_XL=C:\dealer-xl\Scripts\dealer-xl.exe"
if exist "C:\dealer-xl\dealer-xl.exe" set "DEALER_XL=C:\dealer-xl\dealer-xl.exe"
if exist "%LOCALAPPDATA%\Programs\dealer-xl\dealer-xl.exe" set "DEALER_XL=%LOCALAPPDATA%\Programs\dealer-xl\dealer-xl.exe"
if defined DEALER_XL_NOTED if exist "%DEALER_XL_NOTED%" set "DEALER_XL=%DEALER_XL_NOTED%"
if exist "%~dp0..\..\..\Scripts\dealer-xl.exe" set "DEALER_XL=%~dp0..\..\..\Scripts\dealer-xl.exe"
if exist "%~dp0..\..\..\..\Scripts\dealer-xl.exe" set "DEALER_XL=%~dp0..\..\..\..\Scripts\dealer-xl.exe"
if exist "%~dp0..\.venv\Scripts\dealer-xl.exe" set "DEALER_XL=%~dp0..\.venv\Scripts\dealer-xl.exe"
if exist "%~dp0..\..\..\dealer-xl.exe" set "DEALER_XL=%~dp0..\..\..\dealer-xl.exe"
if exist "%~dp0..\dealer-xl.exe" set "DEALER_XL=%~dp0..\dealer-xl.exe"
if exist "%~dp0dealer-xl.exe" set "DEALER_XL=%~dp0dealer-xl.exe"
if not defined DEALER_XL goto missing
"%DEALER_XL%" %DEALER_XL_COMMAND% %*
if errorlevel 1 pause
exit
:missing
chcp 65001 >nul
echo 没有找到 dealer-xl 程序：请先运行它的安装程序；已经装好的，请在程序文件夹里再运行一次 dealer-xl addin install。
pause
exit
