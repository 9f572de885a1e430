/* Scripts\python.exe of a virtual environment: starts the python.exe that its pyvenv.cfg names, and says who asked. */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

enum { LONGEST = 32768, NO_HOME = 106, NOT_STARTED = 101 };

static BOOL WINAPI leave_to_python(DWORD event) { return TRUE; }

static BOOL find_python(const wchar_t *self, wchar_t *python) {
    wchar_t settings[LONGEST];
    char line[8192];
    wcscpy(settings, self);
    *wcsrchr(settings, L'\\') = 0;
    *wcsrchr(settings, L'\\') = 0;
    wcscat(settings, L"\\pyvenv.cfg");
    FILE *file = _wfopen(settings, L"rb");
    while (file && fgets(line, sizeof line, file)) {
        char *home = strchr(line, '=');
        if (!home || strncmp(line, "home", 4)) continue;
        home += 1 + strspn(home + 1, " ");
        home[strcspn(home, "\r\n")] = 0;
        MultiByteToWideChar(CP_UTF8, 0, home, -1, python, LONGEST);
        wcscat(python, L"\\python.exe");
        fclose(file);
        return TRUE;
    }
    return FALSE;
}

static const wchar_t *arguments(void) {
    const wchar_t *rest = GetCommandLineW();
    if (*rest == L'"') {
        rest = wcschr(rest + 1, L'"');
        return rest ? rest + 1 : L"";
    }
    while (*rest && *rest != L' ') rest++;
    return rest;
}

int wmain(void) {
    static wchar_t self[LONGEST], python[LONGEST], command[2 * LONGEST];
    STARTUPINFOW start;
    PROCESS_INFORMATION child;
    DWORD code;
    GetModuleFileNameW(NULL, self, LONGEST);
    if (!find_python(self, python)) return NO_HOME;
    swprintf(command, 2 * LONGEST, L"\"%ls\"%ls", self, arguments());
    SetEnvironmentVariableW(L"__PYVENV_LAUNCHER__", self);
    SetConsoleCtrlHandler(leave_to_python, TRUE);
    GetStartupInfoW(&start);
    if (!CreateProcessW(python, command, NULL, NULL, TRUE, 0, NULL, NULL, &start, &child)) return NOT_STARTED;
    WaitForSingleObject(child.hProcess, INFINITE);
    GetExitCodeProcess(child.hProcess, &code);
    return (int)code;
}
