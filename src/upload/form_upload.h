// One form, uploaded: the way of its files from the request to S3, to be read from top to bottom in
// form_upload.cpp.
#pragma once

#include "s3/world.h"
#include "settings/settings.h"
#include "upload/progress.h"
#include "web/request.h"

namespace s3drop {

// Stores the files of a POSTed form, logs each, and adds it to `progress`. Throws Failure if it
// ends early: what was stored before that stays, and stays in `progress`.
void upload(Request& request, const Settings& settings, const World& world, Progress& progress);

}  // namespace s3drop
