#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace cercle::sim {

/// The whole of a text file. `what` names its purpose in messages ("file of ties"). Throws
/// UserError when it is not there (naming the nearest file beside it), is a folder or may not be
/// read.
std::string read_text_file(const std::filesystem::path& path, std::string_view what);

}
