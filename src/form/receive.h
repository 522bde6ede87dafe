// From parts to a form: reads all parts once, appends the files' bytes to the recording and puts
// the fields that s3drop uses into a compact form for cgicc. The memory it needs does not depend on
// the size of the files.
//
// Nothing that may be a file is left out of the form. For each part, the first rule that matches
// decides:
//   1. A part named file_name, bucket or host is a field, even if it has a type or a file name:
//      scripts send values in Blobs, which get the file name "blob". Ignoring it would store the
//      file in the default place.
//   2. A part with a file name is a file.
//   3. Any other part of a multipart type is refused: it may contain files. (The scanner opens
//      multipart/mixed parts, but not one inside another.)
//   4. A part named file_data is a file: text, without a name.
//   5. A part inside a multipart/mixed part that has no name itself is a file.
//   6. A part without a type, or of a type that is plainly text (text/*, JSON, XML and a few
//      others), is a field that s3drop does not use. It is ignored.
//   7. Anything else is a file. Some clients send an image with only its type.
// A file of rules 5 and 7 gets the part's name as its file name if it has none.
//
// An empty file is ignored if it stands for "no file chosen": if it has an empty file name, or no
// file name and the type application/octet-stream. Empty text (rule 4) is ignored unless the form
// has no other file.
#pragma once

#include <functional>

#include "form/form.h"
#include "form/incoming_file.h"
#include "form/partial_upload.h"
#include "form/parts.h"
#include "web/recording.h"

namespace s3drop {

// What to do with a file before the rest of the form has arrived. `so_far` has the fields that came
// before the file, and the file itself, with the size that it has if it is the form's last part.
// Both are valid during the call only.
using EarlyStep = std::function<void(const Form& so_far, IncomingFile& file)>;

// Throws Failure as the parts and the recording do, and bad_request for a part that rule 3 refuses,
// for a part without a type that is not text after all, for more than 256 KiB of fields, file names
// and types, for a field with two different values, or if the fields say that the form has only one
// piece of a file (partial_upload.h); if they come before the file, it is not received.
//
// `partial`: the numbers of a piece that the request has outside of the form.
//
// `early` is called for the form's first file, if that seems to be the last part and is larger than
// what a recording keeps in memory. If the file turns out to be empty text, `early` is called
// for the next file in the same way. receive() passes on what `early` throws, and itself reads what
// `early` has not read.
Form receive(PartSource& parts, Recording& recording, const EarlyStep& early = {},
             PartialUpload partial = {});

}  // namespace s3drop
