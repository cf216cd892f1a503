#include <xlsxwriter.h>

/* A workbook that keeps one row in memory; the others wait in files of the given folder. */
static inline lxw_workbook *kf_workbook_new(const char *path, const char *folder) {
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = (char *)folder, .use_zip64 = LXW_TRUE};
    return workbook_new_opt(path, &options);
}

/* The time in the file's properties, which would else be that of the machine. */
static inline lxw_error kf_workbook_set_created(lxw_workbook *workbook, time_t created) {
    lxw_doc_properties properties = {.title = "Workflow audit", .created = created};
    return workbook_set_properties(workbook, &properties);
}
