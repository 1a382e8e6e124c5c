// GET /docs/deprecations.md: the page as its mode says, and nothing where it is as before.
#pragma once

#include <string>

#include "simulator/request.h"
#include "simulator/script.h"
#include "simulator/stamp.h"
#include "simulator/world.h"

namespace together::simulator {

/// The last text that was served, as clients know it.
struct PageVersion {
  std::string etag;  ///< "" before the first answer
  WallTime modified{};
};

/// `page` is the whole Markdown; `version` is brought up to what is answered now. 304 where the
/// request names that version: If-None-Match before If-Modified-Since, which counts where it is
/// exactly the time that was told.
Script answer_page(const Request& request, const std::string& page, const PageState& state,
                   const Stamp& stamp, PageVersion& version);

}  // namespace together::simulator
