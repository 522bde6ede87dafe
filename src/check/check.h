// `upload.fcgi --check`, for setting up a server. It reads the settings as an upload would, reports
// what it found, and tests the connection to S3 step by step, until it writes a small object to the
// first bucket and deletes it again. Every line of the report is ok or failed; a failed line says
// what to do about it. The report never contains a secret.
#pragma once

#include "check/context.h"
#include "check/report.h"

namespace s3drop {

// Skips steps that depend on one that failed. Reports what it finds and does not throw it.
CheckReport check(const CheckContext& context);

}  // namespace s3drop
