#include <stddef.h>
#include <stdint.h>

// libFuzzer's driver, which the compiler links in with -sanitize=fuzzer. It comes with a main of its own, too, but
// SwiftPM gives each executable one.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*fuzz)(const uint8_t *data, size_t size));
