// The URL that a request asks, and which URLs are not asked at all.
#include "exporter/http/address.h"

#include <optional>

#include "exporter/core/text.h"
#include "exporter/http/curl_handle.h"

namespace together {
namespace {

constexpr std::size_t kShownBytes = 128;

UrlHandle parse_url(const std::string& text, unsigned flags) {
  UrlHandle url(curl_url());
  if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), flags) != CURLUE_OK) return {};
  return url;
}

std::optional<std::string> part_of(const UrlHandle& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return std::nullopt;
  std::string copy = text;
  curl_free(text);
  return copy;
}

bool is_http(const UrlHandle& url) {
  const std::string scheme = lower_ascii(part_of(url, CURLUPART_SCHEME).value_or(""));
  return scheme == "http" || scheme == "https";
}

bool names_user(const UrlHandle& url) {
  return part_of(url, CURLUPART_USER) || part_of(url, CURLUPART_PASSWORD);
}

Result<std::string> foreign_address(const Request& request) {
  const UrlHandle url = parse_url(request.url, CURLU_NON_SUPPORT_SCHEME);
  if (!url) return fail("the request's URL is none");
  const std::string host = one_line(part_of(url, CURLUPART_HOST).value_or(""), kShownBytes);
  if (!is_http(url)) return fail("the URL at host \"" + host + "\" is neither http nor https");
  if (names_user(url)) return fail("the URL at host \"" + host + "\" holds a user name");
  if (request.credential != Credential::kNone) {
    return fail("the key is for the upstream only, not for host \"" + host + "\"");
  }
  return request.url;
}

}  // namespace

Result<void> check_base_url(const std::string& base) {
  const UrlHandle url = parse_url(base, 0);
  if (!url || !is_http(url)) return fail("the base URL is not an http or https URL");
  if (names_user(url) || part_of(url, CURLUPART_QUERY) || part_of(url, CURLUPART_FRAGMENT)) {
    return fail("the base URL holds a user name, a query or a fragment");
  }
  return {};
}

Result<void> check_proxy_url(const std::string& url) {
  // Checked here because libcurl would quote it, its password included, in an error later.
  if (url.empty() || parse_url(url, CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME)) return {};
  return fail("the proxy URL is not a URL");
}

Result<std::string> address_of(const Request& request, const std::string& base_url) {
  if (!request.file.empty()) {
    return fail("a file cannot be asked of the network: " + one_line(request.file, kShownBytes));
  }
  if (!request.url.empty()) return foreign_address(request);
  const std::string& path = request.path;
  // "@elsewhere" after the base URL would name another host.
  if (path.empty() || path.front() == '/' || path.front() == '?') return base_url + path;
  return fail("the request's path does not start with a slash: " + one_line(path, kShownBytes));
}

}  // namespace together
