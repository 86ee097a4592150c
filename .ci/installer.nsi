; The installer for Windows: for one person, without an administrator's rights. installer.py starts makensis and says
; VERSION, NUMBERS (the version as 0.1.0.0), FOLDER (with dealer-xl/ in it), TARGET, GUIDE and SHORTCUT.
; Exit codes: 0 done; 2 nothing was changed (the program or Excel runs, or a file could not be written); 4 installed, but the
; buttons could not be put into Excel. Words: /S silent, /NOADDIN without the buttons, /D=folder (the last word).
Target amd64-unicode
Unicode true
!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh

!define NAME "dealer-xl"
!define TITLE "dealer-xl 客户服务"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define PROGRAM "$INSTDIR\dealer-xl.exe"
!define ADDIN "$APPDATA\Microsoft\Excel\XLSTART\dealer_xl.xlam"

Name "${TITLE}"
OutFile "${TARGET}"
BrandingText "dealer-xl ${VERSION}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
SetCompressor /SOLID lzma
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow
ManifestDPIAware true

!define MUI_ICON "${FOLDER}/dealer-xl.ico"
!define MUI_UNICON "${FOLDER}/dealer-xl.ico"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "将为您一个人安装 dealer-xl ${VERSION}，不需要管理员权限，不需要联网。$\r$\n$\r$\n请先保存并退出所有 Excel 窗口，再点“下一步”。"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_DIRECTORYPAGE_TEXT_TOP "程序会放在下面的文件夹里。一般不用改；请不要选 OneDrive 等网盘里的文件夹。"
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE own_folder
!define MUI_FINISHPAGE_TEXT "dealer-xl 已经装好。打开 Excel，功能区里有“客户服务”一页；只用 WPS 的，请从开始菜单 dealer-xl 里打开。"
!define MUI_FINISHPAGE_SHOWREADME "$INSTDIR\${GUIDE}"
!define MUI_FINISHPAGE_SHOWREADME_TEXT "现在打开《第一天》看一看"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductName" "${NAME}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileDescription" "${TITLE} 安装程序"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "LegalCopyright" "MIT"

Var without_buttons
Var name

; Say why nothing was changed, and end.
!macro Refuse WHY
    MessageBox MB_OK|MB_ICONSTOP "${WHY}" /SD IDOK
    SetErrorLevel 2
    Quit
!macroend

; What runs, and what Excel holds, cannot be opened for writing: so it is seen before anything is touched.
!macro AskToEnd PLACE WHO
    ${Do}
        ClearErrors
        ${If} ${FileExists} "${PLACE}"
            FileOpen $0 "${PLACE}" a
            FileClose $0
        ${EndIf}
        ${IfNot} ${Errors}
            ${ExitDo}
        ${EndIf}
        ${IfNot} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${WHO}，再点“重试”。" /SD IDCANCEL IDRETRY`
            SetErrorLevel 2
            Quit
        ${EndIf}
    ${Loop}
!macroend
!macro AskToEndAll
    !insertmacro AskToEnd "${PROGRAM}" "dealer-xl 正在运行：请关闭它的窗口"
    !insertmacro AskToEnd "${ADDIN}" "Excel 正在使用“客户服务”按钮：请退出所有 Excel 窗口"
!macroend

; Remove a file or folder of ours.
!macro Remove PLACE
    ${If} ${FileExists} "${PLACE}\*.*"
        RMDir /r "${PLACE}"
    ${Else}
        Delete "${PLACE}"
    ${EndIf}
!macroend

Function .onInit
    ${IfNot} ${AtLeastWin8.1}
        !insertmacro Refuse "这台电脑的 Windows 太旧，什么都没有安装：dealer-xl 需要 64 位的 Windows 8.1 或更新的版本。"
    ${EndIf}
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/NOADDIN" $1
    ${IfNot} ${Errors}
        StrCpy $without_buttons yes
    ${EndIf}
FunctionEnd

; Take back what was unpacked when the rest found no room, as NSIS itself sees it.
Function .onInstFailed
    SetOutPath "$TEMP"
    RMDir /r "$INSTDIR\.new"
    RMDir "$INSTDIR"
FunctionEnd

; Never spread over a folder that holds other things; one that an earlier run has begun is ours.
Function own_folder
    ${IfNot} ${FileExists} "${PROGRAM}"
    ${AndIfNot} ${FileExists} "$INSTDIR\.new\*.*"
        ${DirState} "$INSTDIR" $0
        ${If} $0 = 1
            StrCpy $INSTDIR "$INSTDIR\${NAME}"
        ${EndIf}
    ${EndIf}
FunctionEnd

; Put what was unpacked into its place; a virus scanner may hold it for a while.
Function take_over
    ${For} $0 1 20
        ClearErrors
        !insertmacro Remove "$INSTDIR\$name"
        ClearErrors
        Rename "$INSTDIR\.new\$name" "$INSTDIR\$name"
        ${IfNot} ${Errors}
            Return
        ${EndIf}
        Sleep 500
    ${Next}
    !insertmacro Refuse "程序没有装完整，请退出 Excel 和 dealer-xl，再运行一次安装程序。"
FunctionEnd

Section "程序（必装）"
    SectionIn RO
    Call own_folder
    !insertmacro AskToEndAll
    ; All is unpacked beside first: when the disk is full, the program that was there stays as it was.
    RMDir /r "$INSTDIR\.new"
    ClearErrors
    SetOutPath "$INSTDIR\.new"
    File /r "${FOLDER}/${NAME}/*"
    WriteUninstaller "$INSTDIR\.new\uninstall.exe"
    ${If} ${Errors}
        SetOutPath "$TEMP"
        RMDir /r "$INSTDIR\.new"
        RMDir "$INSTDIR"
        !insertmacro Refuse "文件夹 $INSTDIR 写不进去，什么都没有改动：请看看磁盘是否已满、这个文件夹能不能写，再运行一次安装程序。"
    ${EndIf}
    SetOutPath "$INSTDIR"
    ${If} ${FileExists} "$INSTDIR\uninstall.exe"
        ExecWait '"$INSTDIR\uninstall.exe" /S /UPGRADE _?=$INSTDIR'
    ${EndIf}
    !macro Entry ENTRY
        StrCpy $name "${ENTRY}"
        Call take_over
    !macroend
    !include "${FOLDER}/entries.nsh"
    !insertmacro Entry "uninstall.exe"
    RMDir "$INSTDIR\.new"

    CreateDirectory "$SMPROGRAMS\${NAME}"
    CreateShortCut "$SMPROGRAMS\${NAME}\客户服务.lnk" "$INSTDIR\${SHORTCUT}" "" "${PROGRAM}"
    CreateShortCut "$SMPROGRAMS\${NAME}\安装 Excel 按钮.lnk" "$SYSDIR\cmd.exe" '/c ""${PROGRAM}" addin install & pause"' "${PROGRAM}"
    CreateShortCut "$SMPROGRAMS\${NAME}\检查 Excel 按钮.lnk" "$SYSDIR\cmd.exe" '/c ""${PROGRAM}" addin doctor & pause"' "${PROGRAM}"
    CreateShortCut "$SMPROGRAMS\${NAME}\第一天.lnk" "$INSTDIR\${GUIDE}"
    CreateShortCut "$SMPROGRAMS\${NAME}\卸载 dealer-xl.lnk" "$INSTDIR\uninstall.exe"

    WriteRegStr HKCU "${KEY}" "DisplayName" "${TITLE}"
    WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${KEY}" "DisplayIcon" "${PROGRAM}"
    WriteRegStr HKCU "${KEY}" "Publisher" "${NAME}"
    WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Section "桌面快捷方式"
    CreateShortCut "$DESKTOP\店文件夹拖到这里.lnk" "$INSTDIR\${SHORTCUT}" "" "${PROGRAM}"
SectionEnd

Section "Excel 按钮“客户服务”"
    ${If} $without_buttons != yes
        nsExec::ExecToLog '"${PROGRAM}" addin install'
        Pop $0
        ${If} $0 != 0
            SetErrorLevel 4
            MessageBox MB_OK|MB_ICONEXCLAMATION "程序已经装好，Excel 按钮没有装上：请退出所有 Excel 窗口，再运行开始菜单 dealer-xl 里的“安装 Excel 按钮”。" /SD IDOK
        ${EndIf}
    ${EndIf}
SectionEnd

; Give the buttons back first: where Excel holds them, nothing is removed. A program that does not even start (no
; exit code of its own) leaves them behind, so their one file is removed here.
!macro TakeButtonsAway
    ${Do}
        nsExec::ExecToLog '"${PROGRAM}" addin uninstall'
        Pop $0
        ${If} $0 != 2
            ${ExitDo}
        ${EndIf}
        ${IfNot} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Excel 正在使用按钮：请退出所有 Excel 窗口，再点“重试”。" /SD IDCANCEL IDRETRY`
            SetErrorLevel 2
            Quit
        ${EndIf}
    ${Loop}
    ${If} $0 != 0
        Delete "${ADDIN}"
    ${EndIf}
!macroend

Section "Uninstall"
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/UPGRADE" $1
    ${If} ${Errors}
        !insertmacro AskToEndAll
        !insertmacro TakeButtonsAway
        Delete "$DESKTOP\店文件夹拖到这里.lnk"
        RMDir /r "$SMPROGRAMS\${NAME}"
        DeleteRegKey HKCU "${KEY}"
        RMDir /r "$INSTDIR\.new"
    ${EndIf}
    SetOutPath "$TEMP"
    !macroundef Entry
    !macro Entry ENTRY
        !insertmacro Remove "$INSTDIR\${ENTRY}"
    !macroend
    !include "${FOLDER}/entries.nsh"
    !insertmacro Entry "uninstall.exe"
    RMDir "$INSTDIR" ; what others have put there stays
SectionEnd
