// Which addresses the configuration accepts. Source: RFC 3986, the part of it that is of use here.
#include "exporter/config/url.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "exporter/core/text.h"
#include "exporter/yaml/words.h"

namespace together {
namespace {

constexpr const char* kHasQuery = "the URL has a query; remove the \"?\" and what follows it";
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHexAndColons = "0123456789abcdefABCDEF:.";
constexpr std::string_view kHostCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";

struct Url {
  std::string scheme;
  std::string host;  ///< in lower case; IPv6 in its brackets
  std::string path;
  bool query = false;
  std::string fault;  ///< set: the rest says nothing
};

bool only(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

bool is_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return only(text, kDigits) && error == std::errc() && end == text.data() + text.size() &&
         port >= 1 && port <= 65535;
}

Url bad(std::string fault) {
  Url url;
  url.fault = std::move(fault);
  return url;
}

Url parse_url(std::string_view text) {
  const std::string example = "; write it as https://host/path";
  const bool printable =
      std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (!printable || text.find_first_of("\\\"<>^`{|}") != std::string_view::npos) {
    return bad("the URL has spaces or characters that no URL has" + example);
  }
  const std::size_t scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) {
    // Not quoted: what stands here may be a password, or a key in the wrong place.
    return bad("the URL does not start with https://" + example);
  }
  Url url;
  url.scheme = lower_ascii(text.substr(0, scheme_end));
  std::string_view rest = text.substr(scheme_end + 3);
  const std::size_t authority_end = std::min(rest.find_first_of("/?#"), rest.size());
  std::string_view authority = rest.substr(0, authority_end);
  rest.remove_prefix(authority_end);
  if (authority.find('@') != std::string_view::npos) {
    return bad("the URL holds a user name or password; passwords do not belong into this file");
  }
  if (url.scheme != "https" && url.scheme != "http") {
    return bad(in_quotes(url.scheme) + " is no scheme that is used here; write https://");
  }
  std::size_t host_end = 0;
  if (authority.starts_with('[')) {
    const std::size_t close = authority.find(']');
    if (close == std::string_view::npos || !only(authority.substr(1, close - 1), kHexAndColons)) {
      return bad("the URL has a malformed IPv6 address; write it as https://[::1]/path");
    }
    host_end = close + 1;
  } else {
    host_end = std::min(authority.find(':'), authority.size());
    if (!only(authority.substr(0, host_end), kHostCharacters)) {
      return bad("the URL names no valid host" + example);
    }
  }
  url.host = lower_ascii(authority.substr(0, host_end));
  authority.remove_prefix(host_end);
  if (!authority.empty() && !(authority.front() == ':' && is_port(authority.substr(1)))) {
    return bad("the URL has a bad port; write a number from 1 to 65535");
  }
  if (rest.find('#') != std::string_view::npos) {
    return bad("the URL has a fragment; remove the \"#\" and what follows it");
  }
  const std::size_t path_end = std::min(rest.find('?'), rest.size());
  url.path = rest.substr(0, path_end);
  url.query = path_end < rest.size();
  return url;
}

// Names that look like an address but are none ("127.0.0.1.example.com") are not this machine.
bool is_loopback(std::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  std::array<std::string_view, 4> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t end = std::min(host.find('.'), host.size());
    parts[i] = host.substr(0, end);
    if (!only(parts[i], kDigits) || parts[i].size() > 3) return false;
    int value = 0;
    std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), value);
    if (value > 255) return false;
    host.remove_prefix(end);
    if (i < 3) {
      if (host.empty()) return false;
      host.remove_prefix(1);
    }
  }
  return host.empty() && parts[0] == "127";
}

}  // namespace

std::string fault_of_base_url(std::string_view text) {
  const Url url = parse_url(text);
  if (!url.fault.empty()) return url.fault;
  if (url.query) return kHasQuery;
  if (url.scheme == "http" && !is_loopback(url.host)) {
    return in_quotes(url.host) +
           " is another machine, and http would show it the key in clear text; write https://";
  }
  return "";
}

std::string fault_of_proxy_url(std::string_view text) {
  const Url url = parse_url(text);
  if (!url.fault.empty()) return url.fault;
  if (url.query || (!url.path.empty() && url.path != "/")) {
    return "the URL has a path or query; write the proxy as http://host:port";
  }
  return "";
}

std::string fault_of_prometheus_url(std::string_view text) {
  const Url url = parse_url(text);
  if (!url.fault.empty()) return url.fault;
  return url.query ? kHasQuery : "";
}

std::string fault_of_source_url(std::string_view text) { return parse_url(text).fault; }

}  // namespace together
