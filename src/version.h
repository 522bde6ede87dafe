// The version of the program, as --version and the User-Agent name it.
#pragma once

#define S3DROP_VERSION "0.1.0"
