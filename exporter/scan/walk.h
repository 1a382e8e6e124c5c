// Finds the files of a source tree.
#pragma once

#include <functional>
#include <string>

#include "exporter/scan/ignore_rules.h"

namespace together {

/// `shown` is the path as given with what lies below it appended, as grep -r prints it; `real` is
/// the same file without links.
using OnFile = std::function<void(const std::string& shown, const std::string& real)>;

/// Calls `on_file` for `given` itself where it is a file, else for the files below it, in the
/// order of their paths: without what git would ignore, without .git, without what links lead to.
/// What is given itself is taken even where it is ignored or a link. What cannot be read is one
/// warning each, and the walk goes on.
void walk(const std::string& given, const OnFile& on_file, const OnWarning& on_warning);

}  // namespace together
