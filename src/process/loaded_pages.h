// The memory that starting the program has touched, and serving does not need.
//
// libcurl brings some forty shared libraries with it, of which an upload uses a handful. Linking
// them at the start reads their tables, and their set-up their code; the pages of it stay in the
// process, though nothing looks at them again: about 4 MiB of 14.
#pragma once

namespace s3drop {

// Gives back the pages of this program and its libraries that are as they are in their files
// (madvise(2), MADV_DONTNEED). What is used again comes back out of the page cache by itself. For a
// worker, once, when it has started: it costs half a millisecond, so not for a CGI program.
void let_go_of_loaded_pages();

}  // namespace s3drop
