// `upload.fcgi --check`: the tool for the first hour. It reads the settings as an upload would,
// says what it found, and tries the way to S3 step by step, up to a small object that is written to
// the first bucket and deleted again. Every line is ok or failed; what failed says what to do about
// it. Nothing here shows a secret.
#pragma once

#include "check/context.h"
#include "check/report.h"

namespace s3drop {

// A step that depends on one that failed is left out. Throws nothing of what it checks.
CheckReport check(const CheckContext& context);

}  // namespace s3drop
