// Memory that the start of the program uses, and that serving requests does not need.
//
// libcurl loads about thirty shared libraries, and an upload uses only a few of them. Linking them
// reads their tables, and their initialization runs their code. These pages then stay in the
// process although nothing reads them again: about 4 MiB of 14.
#pragma once

namespace s3drop {

// Releases the pages of this program and its libraries that are identical to their files
// (madvise(2), MADV_DONTNEED). The kernel reloads a page from the page cache if it is used again.
// Call it once in a worker, after the start. It takes half a millisecond, too much for a CGI
// program.
void release_loaded_pages();

}  // namespace s3drop
