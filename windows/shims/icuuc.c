/* What Qt6Core asks for converters of named encodings, and Wine 8 lacks: there are none. The program names no encoding to Qt. */
#define GIVEN __declspec(dllexport)

enum { FILE_ACCESS_ERROR = 4 };

static void *none(int *error) { if (error) *error = FILE_ACCESS_ERROR; return 0; }

GIVEN void *ucnv_open(const char *name, int *error) { return none(error); }
GIVEN const char *ucnv_getName(void *converter, int *error) { return none(error); }
GIVEN const char *ucnv_getStandardName(const char *name, const char *standard, int *error) { return none(error); }
GIVEN const char *ucnv_getAvailableName(int number) { return 0; }
GIVEN signed char ucnv_getMaxCharSize(void *converter) { return 4; }
GIVEN int ucnv_countAvailable(void) { return 0; }
GIVEN int ucnv_toUCountPending(void *converter, int *error) { return 0; }
GIVEN int ucnv_fromUCountPending(void *converter, int *error) { return 0; }
GIVEN void ucnv_close(void *converter) {}
GIVEN void ucnv_reset(void *converter) {}
GIVEN void ucnv_toUnicode(void *c, void *t, void *l, void *s, void *m, void *o, signed char f, int *error) { none(error); }
GIVEN void ucnv_fromUnicode(void *c, void *t, void *l, void *s, void *m, void *o, signed char f, int *error) { none(error); }
GIVEN void ucnv_getToUCallBack(void *c, void **action, void **context) { *action = *context = 0; }
GIVEN void ucnv_getFromUCallBack(void *c, void **action, void **context) { *action = *context = 0; }
GIVEN void ucnv_setToUCallBack(void) {}
GIVEN void ucnv_setFromUCallBack(void) {}
GIVEN void ucnv_cbToUWriteUChars(void) {}
GIVEN void ucnv_cbFromUWriteUChars(void) {}
GIVEN void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
GIVEN void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
