// From parts to a form: walks the form once, puts the files' bytes into the recording and the
// fields that matter into a compact form for cgicc. Memory stays the same however large the files
// are.
#pragma once

#include "form.h"
#include "parts.h"
#include "recording.h"

namespace s3drop {

// Every part that carries a file name is a file, and so is file_data without one. A file chooser
// that was left empty is none; nor is a text left empty, but where it is all there is.
// Throws Failure as the parts and the recording do, and bad_request for more than 256 KiB of fields
// and file names.
Form receive(PartSource& parts, Recording& recording);

}  // namespace s3drop
