/* Stands in for dealer-xl.exe under Wine: it adds how it was called to called.txt beside it, in UTF-8, and ends with
   the number in DEALER_XL_STAND_IN. With the word "stay" it says that it runs and stays until its input is closed; with
   a file behind that word it keeps the file to itself meanwhile, as Excel does with an add-in. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

int wmain(int count, wchar_t **words) {
    wchar_t place[MAX_PATH], line[8192];
    char text[16384];
    const char *end = getenv("DEALER_XL_STAND_IN");
    GetModuleFileNameW(NULL, place, MAX_PATH);
    wcscpy(wcsrchr(place, L'\\') + 1, L"called.txt");
    swprintf(line, 8192, L"%ls\n", GetCommandLineW());
    WideCharToMultiByte(CP_UTF8, 0, line, -1, text, sizeof text, NULL, NULL);
    FILE *out = _wfopen(place, L"ab");
    if (!out) return 3;
    fputs(text, out);
    fclose(out);
    if (count > 1 && !wcscmp(words[1], L"stay")) {
        if (count > 2 && CreateFileW(words[2], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL)
                             == INVALID_HANDLE_VALUE) return 3;
        puts("runs");
        fflush(stdout);
        while (getchar() != EOF) continue;
    }
    return end ? atoi(end) : 0;
}
