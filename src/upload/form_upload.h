// The upload of one form: its files on their way from the request to S3. upload(), the last
// function of form_upload.cpp, has all the steps in order.
#pragma once

#include "s3/world.h"
#include "settings/settings.h"
#include "upload/progress.h"
#include "web/request.h"

namespace s3drop {

// Stores the files of a POSTed form, logs each one, and adds it to `progress`. Throws Failure if it
// cannot store all of them. Files stored before that stay in S3 and in `progress`.
void upload(Request& request, const Settings& settings, const World& world, Progress& progress);

}  // namespace s3drop
