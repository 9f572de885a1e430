/* onestop.exe: starts the program on the Python beside it, or on that of the version which current.txt names.

One file in two places: where the start menu finds it, and in each version's own folder. Python runs in this very process,
so that what is pinned to the taskbar stays the same from version to version.

onestop.com is the same for a console (CONSOLE): `onestop move` and `onestop export` write there, ask for a password there,
and are waited for. A program of windows gets no console from the one that it is started in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

enum { LONGEST = 32768, LONGEST_VERSION = 32, INCOMPLETE = 3 };

typedef int (*python_main)(int, wchar_t **);

static wchar_t self[LONGEST], folder[LONGEST], library[LONGEST];

static BOOL exists(const wchar_t *path) { return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES; }

static void library_in(const wchar_t *place) {
    wcscpy(library, place);
    wcscat(library, L"\\python311.dll");
}

/* Digits and dots alone: what stands in a file must lead to no other folder. */
static BOOL read_version(wchar_t *version) {
    wchar_t path[LONGEST];
    char text[LONGEST_VERSION + 1] = {0};
    wcscpy(path, folder);
    wcscat(path, L"\\current.txt");
    FILE *file = _wfopen(path, L"rb");
    if (!file) return FALSE;
    size_t length = fread(text, 1, LONGEST_VERSION, file);
    fclose(file);
    if (!length || strspn(text, "0123456789.") != length || strstr(text, "..")) return FALSE;
    return MultiByteToWideChar(CP_UTF8, 0, text, -1, version, LONGEST_VERSION + 1) != 0;
}

static BOOL find_python(void) {
    wchar_t version[LONGEST_VERSION + 1];
    library_in(folder);
    if (exists(library)) return TRUE;
    if (!read_version(version)) return FALSE;
    wcscat(folder, L"\\versions\\");
    wcscat(folder, version);
    library_in(folder);
    return exists(library);
}

#ifdef CONSOLE
/* A window would wait for ever for somebody who does not sit there. */
static void tell(const wchar_t *words) {
    char bytes[1024];
    DWORD written;
    int length = WideCharToMultiByte(GetConsoleOutputCP(), 0, words, -1, bytes, sizeof bytes, NULL, NULL);
    if (length) WriteFile(GetStdHandle(STD_ERROR_HANDLE), bytes, length - 1, &written, NULL);
}
#else
static void tell(const wchar_t *words) { MessageBoxW(NULL, words, L"継続検査OSS", MB_OK | MB_ICONERROR); }
#endif

static int refuse(void) {
    tell(L"プログラムのファイルが足りないため、開けません。データはそのまま残っています。\n\n"
         L"もう一度インストールしてください。\n");
    return INCOMPLETE;
}

#ifdef CONSOLE
int wmain(void) {
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR command, int show) {
#endif
    const wchar_t *given[] = {self, L"-I", L"-m", L"onestop"};
    const int ours = sizeof given / sizeof *given;
    GetModuleFileNameW(NULL, self, LONGEST);
    wcscpy(folder, self);
    *wcsrchr(folder, L'\\') = 0;
    SetDllDirectoryW(L""); /* no library out of the folder in which a file was double-clicked */
    if (!find_python()) return refuse();
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    python_main run = python ? (python_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    wchar_t **arguments = calloc(__argc + ours, sizeof *arguments);
    if (!run || !arguments) return refuse();
    memcpy(arguments, given, sizeof given);
    memcpy(arguments + ours, __wargv + 1, (__argc - 1) * sizeof *arguments);
    return run(__argc - 1 + ours, arguments);
}
