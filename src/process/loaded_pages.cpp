#include "process/loaded_pages.h"

#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace s3drop {

namespace {

// elf(5) stores addresses as integers, and uses a union.
// NOLINTBEGIN(performance-no-int-to-ptr, cppcoreguidelines-pro-type-union-access)

// Only read-only segments: in others, relocations and variables would be lost.
bool is_unmodified(const ElfW(Phdr) & segment) {
    return segment.p_type == PT_LOAD && (segment.p_flags & PF_W) == 0;
}

// If a library's code had to be relocated (elf(5), DT_TEXTREL), it differs from its file.
bool is_relocated(const dl_phdr_info& object) {
    for (int i = 0; i < object.dlpi_phnum; ++i) {
        const ElfW(Phdr)& segment = object.dlpi_phdr[i];
        if (segment.p_type != PT_DYNAMIC) continue;
        const auto* entry = reinterpret_cast<const ElfW(Dyn)*>(object.dlpi_addr + segment.p_vaddr);
        for (; entry->d_tag != DT_NULL; ++entry) {
            if (entry->d_tag == DT_TEXTREL) return true;
            if (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0) return true;
        }
    }
    return false;
}

int release_pages(dl_phdr_info* object, std::size_t, void*) {
    if (is_relocated(*object)) return 0;
    const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const ElfW(Phdr)& segment = object->dlpi_phdr[i];
        if (!is_unmodified(segment)) continue;
        const std::uintptr_t begin = object->dlpi_addr + segment.p_vaddr;
        const std::uintptr_t first = begin - begin % page;
        // If the kernel refuses, as for its own object (the vDSO), nothing changes.
        static_cast<void>(madvise(reinterpret_cast<void*>(first), begin + segment.p_memsz - first,
                                  MADV_DONTNEED));
    }
    return 0;
}

// NOLINTEND(performance-no-int-to-ptr, cppcoreguidelines-pro-type-union-access)

}  // namespace

void release_loaded_pages() {
    dl_iterate_phdr(release_pages, nullptr);
}

}  // namespace s3drop
