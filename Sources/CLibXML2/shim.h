#include <libxml/xmlversion.h>
/* Debian builds libxml2 with ICU; its <unicode/ucnv.h> clashes with Foundation's copy in clean builds. */
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

/* xmlFree is a global variable holding a function, which Swift 6 calls unsafe to share. */
static inline void kf_xmlFree(void *pointer) {
    if (pointer) xmlFree(pointer);
}
