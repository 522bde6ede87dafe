// From parts to a form: walks the form once, puts the files' bytes into the recording and the
// fields that matter into a compact form for cgicc. Memory stays the same however large the files
// are.
#pragma once

#include <functional>

#include "form/form.h"
#include "form/incoming_file.h"
#include "form/parts.h"
#include "web/recording.h"

namespace s3drop {

// What may be done with a file before the form is known to its end. `so_far`: the fields that came
// before it, and the file, with the size that it is going to have if nothing comes after it.
using EarlyStep = std::function<void(const Form& so_far, IncomingFile& file)>;

// Every part that carries a file name is a file, and so is file_data without one. A file chooser
// that was left empty is none; nor is a text left empty, but where it is all there is.
// Throws Failure as the parts and the recording do, and bad_request for more than 256 KiB of fields
// and file names.
//
// `early` is called, at most once, for the form's first file, where that seems to be the last and
// is larger than what a recording keeps in memory. What it throws ends the form; what it has not
// read is read afterwards.
Form receive(PartSource& parts, Recording& recording, const EarlyStep& early = {});

}  // namespace s3drop
