// From parts to a form: reads all parts once, appends the files' bytes to the recording and puts
// the fields that s3drop uses into a compact form for cgicc. The memory it needs does not depend on
// the size of the files.
#pragma once

#include <functional>

#include "form/form.h"
#include "form/incoming_file.h"
#include "form/parts.h"
#include "web/recording.h"

namespace s3drop {

// What to do with a file before the rest of the form has arrived. `so_far` has the fields that came
// before the file, and the file itself, with the size that it has if it is the form's last part.
// Both are valid during the call only.
using EarlyStep = std::function<void(const Form& so_far, IncomingFile& file)>;

// Every part with a file name is a file, and so is a file_data part without one (text). An empty
// file without a name is ignored: no file was chosen. Empty text is ignored unless the form has no
// other file.
//
// Throws Failure as the parts and the recording do, and bad_request for more than 256 KiB of
// fields, file names and types, for a field with two different values, or if the fields say that
// the form has only one piece of a file (partial_upload.h); if they come before the file, it is not
// received.
//
// `early` is called for the form's first file, if that seems to be the last part and is larger than
// what a recording keeps in memory. If the file turns out to be empty text, `early` is called
// for the next file in the same way. receive() passes on what `early` throws, and itself reads what
// `early` has not read.
Form receive(PartSource& parts, Recording& recording, const EarlyStep& early = {});

}  // namespace s3drop
