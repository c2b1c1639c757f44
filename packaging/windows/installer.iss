; Inno Setup 6: the folder PyInstaller made, as an installer for one person, without administrator rights.
;     iscc packaging\windows\installer.iss        (result: dist\collector-desk-setup-VERSION.exe)
; The version is read from the program itself, which has it from the package.

#define Folder "..\..\dist\collector-desk"
#define Version GetStringFileInfo(Folder + "\collector-desk.exe", "ProductVersion")
#define FileVersion GetVersionNumbersString(Folder + "\collector-desk.exe")

[Setup]
AppId={{7B0E3C52-6C1F-4C58-9B1E-2B5D0C8F4A61}
AppName=Collector Desk
AppVersion={#Version}
VersionInfoVersion={#FileVersion}
DefaultDirName={localappdata}\Programs\Collector Desk
DefaultGroupName=Collector Desk
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=collector-desk-setup-{#Version}
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
ShowLanguageDialog=auto
UninstallDisplayIcon={app}\collector-desk-window.exe

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
#ifexist "ChineseSimplified.isl"
Name: "zh"; MessagesFile: "ChineseSimplified.isl"
#endif

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Dirs]
; The marks of how far a store's history was seen, of all users of this computer (docs/security.md). They stay.
Name: "{commonappdata}\collector-desk"; Flags: uninsneveruninstall

[InstallDelete]
; Nothing of an older version may be loaded beside the new one. Stores lie elsewhere and are never touched.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{userprograms}\Collector Desk"; Filename: "{app}\collector-desk-window.exe"
Name: "{userdesktop}\Collector Desk"; Filename: "{app}\collector-desk-window.exe"; Tasks: desktop

[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Run]
Filename: "{app}\collector-desk-window.exe"; Description: "{cm:LaunchProgram,Collector Desk}"; Flags: nowait postinstall skipifsilent
