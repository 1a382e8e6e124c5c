// GET /docs/deprecations.md.
#include "simulator/page.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/random.h"
#include "simulator/refusals.h"

namespace together::simulator {
namespace {

constexpr const char* kHtml = "text/html; charset=UTF-8";

struct Line {
  std::string_view text;  ///< with its line end
  bool is_row = false;    ///< of a table of removals: they begin with a date
  bool of_fine_tuning = false;
};

std::vector<Line> lines_of(std::string_view page) {
  std::vector<Line> lines;
  bool of_fine_tuning = false;
  while (!page.empty()) {
    const std::size_t size = std::min(page.find('\n'), page.size() - 1) + 1;
    const std::string_view text = page.substr(0, size);
    if (text.starts_with('#')) of_fine_tuning = text.starts_with("### Fine-tuning");
    lines.push_back({text, text.starts_with("| 20"), of_fine_tuning});
    page.remove_prefix(size);
  }
  return lines;
}

std::string joined(const std::vector<Line>& lines) {
  std::string page;
  for (const auto& line : lines) page += line.text;
  return page;
}

std::string without_inference(const std::string& page) {
  std::vector<Line> lines = lines_of(page);
  std::erase_if(lines, [](const Line& line) { return line.is_row && !line.of_fine_tuning; });
  return joined(lines);
}

std::string without_first(double share, const std::string& page) {
  std::vector<Line> lines = lines_of(page);
  const auto rows =
      std::count_if(lines.begin(), lines.end(), [](const Line& line) { return line.is_row; });
  auto missing = static_cast<long>(std::ceil(share * static_cast<double>(rows)));
  std::erase_if(lines, [&](const Line& line) { return line.is_row && missing-- > 0; });
  return joined(lines);
}

std::string etag_of(const std::string& text) {
  std::array<char, 20> etag{};
  std::snprintf(etag.data(), etag.size(), "\"%016llx\"",
                static_cast<unsigned long long>(hash_text(text)));
  return etag.data();
}

void bring_up(PageVersion& version, const std::string& text, WallTime now) {
  using std::chrono::seconds;
  std::string etag = etag_of(text);
  if (etag == version.etag) return;
  // Later than the version before it in whole seconds too, which is all that HTTP can tell.
  version.modified =
      std::max<WallTime>(std::chrono::floor<seconds>(now), version.modified + seconds(1));
  version.etag = std::move(etag);
}

bool is_known(const Request& request, const PageVersion& version) {
  const std::string etags = header(request, "if-none-match");
  if (!etags.empty()) return etags == "*" || etags.find(version.etag) != std::string::npos;
  return header(request, "if-modified-since") == http_date(version.modified);
}

}  // namespace

Script answer_page(const Request& request, const std::string& page, const PageState& state,
                   const Stamp& stamp, PageVersion& version) {
  std::string text;
  switch (state.mode) {
    case PageMode::kError: return whole(503, edge_headers(stamp, kHtml), "Service Unavailable\n");
    case PageMode::kHtml:
      return whole(200, edge_headers(stamp, kHtml),
                   "<!DOCTYPE html>\n<html><body><h1>We will be right back</h1></body></html>\n");
    case PageMode::kMoved: {
      Headers headers = edge_headers(stamp, kHtml);
      headers.emplace_back("location", "/docs/moved/deprecations.md");
      return whole(301, std::move(headers), "");
    }
    case PageMode::kNormal: text = page; break;
    case PageMode::kEmpty: text = without_inference(page); break;
    case PageMode::kShrink: text = without_first(state.missing, page); break;
    case PageMode::kCut: text = page.substr(0, page.size() / 2); break;
  }
  bring_up(version, text, stamp.received);
  Headers headers = edge_headers(stamp, "text/markdown; charset=utf-8");
  headers.emplace_back("etag", version.etag);
  headers.emplace_back("last-modified", http_date(version.modified));
  if (is_known(request, version)) return whole(304, std::move(headers), "");
  return whole(200, std::move(headers), std::move(text));
}

}  // namespace together::simulator
