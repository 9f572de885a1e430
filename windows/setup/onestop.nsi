; The setup of one version, per user and without an administrator. Its exit codes stand in docs/decisions/windows-setup.md.
; Given by build_setup.py: VERSION, NUMBERS (four of them), APP_ID, LAUNCHERS (their folder), ICON, FILES (a list of what lies in a
; version's folder), OUT where there is a certificate SIGN,
; and QUICK for one that is only tried.
Unicode true
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 32
!endif
SetDateSave off ; the same files make the same setup, whenever they were laid out
!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"
!include "WordFunc.nsh"
!include "Win\COM.nsh"
!include "Win\Propkey.nsh"

!define NAME "継続検査OSS"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\onestop"
!define CLASSES "Software\Classes"
!define FILE_CLASS "Onestop.Vehicle"
!define DATA "$LOCALAPPDATA\onestop"
!define BACK_LINK "$SMPROGRAMS\${NAME} 前の版に戻す.lnk"
!define PATIENCE 60 ; seconds
!define NOT_WRITTEN 2
!define OPEN_NOW 5
!define NOT_PREPARED 6
!define OLDER 7
!define SHCNE_ASSOCCHANGED 0x08000000
!define REPLACE_AND_WRITE_THROUGH 9

Name "${NAME}"
BrandingText "${NAME} ${VERSION}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\onestop"
InstallDirRegKey HKCU "Software\onestop" "InstallDir"
ManifestDPIAware true
ManifestLongPathAware true
VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=1041 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1041 "FileDescription" "${NAME} インストーラー"
VIAddVersionKey /LANG=1041 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "LegalCopyright" "MIT"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEPAGE_TEXT "${NAME} ${VERSION} を、このパソコンのあなたのユーザーだけにインストールします。管理者の権限は要りません。$\r$\n$\r$\n前の版があれば、データのバックアップを取ってから入れ替えます。データはそのまま残ります。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\onestop.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Japanese"

Var installed ; the version that current.txt names; empty on a machine without the program
Var back      ; "yes" when somebody goes back to an older version on purpose

!macro REFUSE_WHILE_OPEN UN
Function ${UN}RefuseWhileOpen
  StrCpy $1 "onestop.exe"
  again:
  IfFileExists "$INSTDIR\$1" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\$1" a ; Windows opens no running program for writing
  IfErrors 0 free
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME} が開いています。F12 で終了してから「再試行」を押してください。" /SD IDCANCEL IDRETRY again
  SetErrorLevel ${OPEN_NOW}
  Quit
  free:
  FileClose $0
  closed:
  ${If} $1 == "onestop.exe"
    StrCpy $1 "onestop.com" ; it moves data, or takes them out
    Goto again
  ${EndIf}
FunctionEnd
!macroend
!insertmacro REFUSE_WHILE_OPEN ""
!insertmacro REFUSE_WHILE_OPEN "un."

Function ReadInstalled
  StrCpy $installed ""
  ClearErrors
  FileOpen $0 "$INSTDIR\current.txt" r
  ${IfNot} ${Errors}
    FileRead $0 $installed
    FileClose $0
  ${EndIf}
FunctionEnd

Function .onInit
  Call ReadInstalled
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/BACK" $1
  ${IfNot} ${Errors}
    StrCpy $back "yes"
  ${EndIf}
  ${If} $installed != ""
    ${VersionCompare} "${VERSION}" "$installed" $1
    ${If} $1 == 2
      Call AskToGoBack
    ${EndIf}
  ${EndIf}
  Call RefuseWhileOpen
FunctionEnd

Function AskToGoBack
  ${If} ${Silent}
    ${If} $back == "yes"
      Return
    ${EndIf}
    SetErrorLevel ${OLDER}
    Quit
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "今の版 $installed から、前の版 ${VERSION} に戻します。$\r$\n$\r$\n前の版で読めるデータなら、そのまま使います。読めないときは、入れ替える前に取ったバックアップのデータに戻り、今のデータは退避フォルダーに残ります (そのあとに入れた内容は、前の版では見えません)。$\r$\n$\r$\n前の版に戻しますか?" IDYES yes
  SetErrorLevel ${OLDER}
  Quit
  yes:
FunctionEnd

Section
  SetOutPath "$INSTDIR\versions\new"
  RMDir /r "$INSTDIR\versions\new" ; what an installation that was cut off left
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  Call PrepareData
  Call TakeThePlace
  File "${LAUNCHERS}/onestop.exe"
  File "${LAUNCHERS}/onestop.com"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call NameCurrent
  Call KeepSetups
  Call DropOtherVersions
  Call MakeLinks
  Call Register
SectionEnd

; Backs the data up with the new version's own Python, while the version before still stands whole.
Function PrepareData
  ExecWait '"$INSTDIR\versions\new\onestop.exe" prepare-data' $0
  ${If} $0 <> 0
    RMDir /r "$INSTDIR\versions\new"
    ${If} $0 == ${OPEN_NOW}
      SetErrorLevel ${OPEN_NOW}
    ${Else}
      SetErrorLevel ${NOT_PREPARED}
    ${EndIf}
    MessageBox MB_OK|MB_ICONSTOP "データのバックアップが取れないため、入れ替えるのをやめました。今までの版も、データも、そのままです。$\r$\n$\r$\nディスクの空きを確かめ、${NAME} を F12 で終了してから、もう一度実行してください。詳しくは ${DATA}\log のログにあります。" /SD IDOK
    Quit
  ${EndIf}
FunctionEnd

; A virus scanner may still read what was written a moment ago, and Windows renames no folder that somebody reads in.
Function TakeThePlace
  RMDir /r "$INSTDIR\versions\${VERSION}" ; the same version, put over itself
  ${ForEach} $0 1 ${PATIENCE} + 1
    ClearErrors
    Rename "$INSTDIR\versions\new" "$INSTDIR\versions\${VERSION}"
    ${IfNot} ${Errors}
      Return
    ${EndIf}
    Sleep 1000
  ${Next}
  SetErrorLevel ${NOT_WRITTEN}
  MessageBox MB_OK|MB_ICONSTOP "ほかのプログラム(ウイルス対策ソフトなど)がファイルを使っているため、入れ替えられませんでした。データはそのままです。$\r$\n$\r$\nしばらく待ってから、もう一度実行してください。" /SD IDOK
  Quit
FunctionEnd

; In one step: a machine that loses its power here starts the one version or the other.
Function NameCurrent
  FileOpen $0 "$INSTDIR\current.new" w
  FileWrite $0 "${VERSION}"
  FileClose $0
  System::Call 'kernel32::MoveFileExW(w "$INSTDIR\current.new", w "$INSTDIR\current.txt", i ${REPLACE_AND_WRITE_THROUGH})'
FunctionEnd

; The setup of the version before is the way back; older ones go.
Function KeepSetups
  CreateDirectory "$INSTDIR\setups"
  ${If} $EXEDIR != "$INSTDIR\setups"
    CopyFiles /SILENT "$EXEPATH" "$INSTDIR\setups\onestop-${VERSION}-setup.exe"
  ${EndIf}
  FindFirst $0 $1 "$INSTDIR\setups\*.exe"
  ${DoWhile} $1 != ""
    ${If} $1 != "onestop-${VERSION}-setup.exe"
    ${AndIf} $1 != "onestop-$installed-setup.exe"
      Delete "$INSTDIR\setups\$1"
    ${EndIf}
    FindNext $0 $1
  ${Loop}
  FindClose $0
FunctionEnd

Function DropOtherVersions
  FindFirst $0 $1 "$INSTDIR\versions\*"
  ${DoWhile} $1 != ""
    ${If} $1 != "."
    ${AndIf} $1 != ".."
    ${AndIf} $1 != "${VERSION}"
      RMDir /r "$INSTDIR\versions\$1"
    ${EndIf}
    FindNext $0 $1
  ${Loop}
  FindClose $0
FunctionEnd

; A link that bears the name under which the program's windows stand in the taskbar (app/taskbar.py).
!macro LINK PATH
  CreateShortCut "${PATH}" "$INSTDIR\onestop.exe"
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
    ${If} $1 P<> 0
    ${AndIf} $2 P<> 0
      ${IPersistFile::Load} $1 '("${PATH}",2)'
      System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
      System::Call 'shlwapi::SHStrDupW(w "${APP_ID}", *p.r5)'
      System::Call '*(&i2 ${VT_LPWSTR}, &i6 0, p r5, p 0)p.r4' ; a PROPVARIANT
      ${IPropertyStore::SetValue} $2 '($3,$4)'
      ${IPropertyStore::Commit} $2 ""
      ${IPersistFile::Save} $1 '("${PATH}",1)'
      System::Call 'ole32::CoTaskMemFree(p r5)'
      System::Free $4
      System::Free $3
    ${EndIf}
    !insertmacro ComHlpr_SafeRelease $2
    !insertmacro ComHlpr_SafeRelease $1
    !insertmacro ComHlpr_SafeRelease $0
  ${EndIf}
!macroend

Function MakeLinks
  !insertmacro LINK "$SMPROGRAMS\${NAME}.lnk"
  !insertmacro LINK "$DESKTOP\${NAME}.lnk"
  Delete "${BACK_LINK}"
  ${If} $installed != ""
  ${AndIf} $installed != "${VERSION}"
  ${AndIf} $back != "yes"
  ${AndIf} ${FileExists} "$INSTDIR\setups\onestop-$installed-setup.exe"
    CreateShortCut "${BACK_LINK}" "$INSTDIR\setups\onestop-$installed-setup.exe" "/BACK"
  ${EndIf}
FunctionEnd

; Among the programs of プログラムから開く; what opens such files by itself stays as the clerk chose it.
!macro OFFER_FOR SUFFIX
  WriteRegStr HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids" "${FILE_CLASS}" ""
  WriteRegStr HKCU "${CLASSES}\Applications\onestop.exe\SupportedTypes" "${SUFFIX}" ""
!macroend
!macro OFFER_NO_MORE SUFFIX
  DeleteRegValue HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids" "${FILE_CLASS}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${SUFFIX}"
!macroend

Function Register
  WriteRegStr HKCU "Software\onestop" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${CLASSES}\${FILE_CLASS}" "" "車検証のデータ"
  WriteRegStr HKCU "${CLASSES}\${FILE_CLASS}" "AppUserModelID" "${APP_ID}"
  WriteRegStr HKCU "${CLASSES}\${FILE_CLASS}\DefaultIcon" "" "$INSTDIR\onestop.exe,0"
  WriteRegStr HKCU "${CLASSES}\${FILE_CLASS}\shell\open\command" "" '"$INSTDIR\onestop.exe" --open "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\onestop.exe" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "${CLASSES}\Applications\onestop.exe\shell\open\command" "" '"$INSTDIR\onestop.exe" --open "%1"'
  !insertmacro OFFER_FOR ".json"
  !insertmacro OFFER_FOR ".csv"
  !insertmacro OFFER_FOR ".xml"
  System::Call 'shell32::SHChangeNotify(i ${SHCNE_ASSOCCHANGED}, i 0, p 0, p 0)'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "onestop"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\onestop.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
FunctionEnd

Function un.onInit
  Call un.RefuseWhileOpen
FunctionEnd

Section "Uninstall"
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "車両・申請書・バックアップなどのデータも消しますか?$\r$\n$\r$\n「いいえ」なら ${DATA} に残り、もう一度インストールすれば続きから使えます。「はい」なら元に戻せません。" /SD IDNO IDNO kept
  RMDir /r "${DATA}"
  kept:
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "${BACK_LINK}"
  Delete "$DESKTOP\${NAME}.lnk"
  RMDir /r "$INSTDIR\versions"
  RMDir /r "$INSTDIR\setups"
  Delete "$INSTDIR\current.txt"
  Delete "$INSTDIR\current.new"
  Delete "$INSTDIR\onestop.exe"
  Delete "$INSTDIR\onestop.com"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  !insertmacro OFFER_NO_MORE ".json"
  !insertmacro OFFER_NO_MORE ".csv"
  !insertmacro OFFER_NO_MORE ".xml"
  DeleteRegKey HKCU "${CLASSES}\${FILE_CLASS}"
  DeleteRegKey HKCU "${CLASSES}\Applications\onestop.exe"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\onestop"
  System::Call 'shell32::SHChangeNotify(i ${SHCNE_ASSOCCHANGED}, i 0, p 0, p 0)'
SectionEnd
