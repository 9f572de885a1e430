/* python3.dll: the stable ABI, each name of it forwarded to python311.dll (by its .def file). */
int __stdcall DllMain(void *module, unsigned reason, void *reserved) { return 1; }
