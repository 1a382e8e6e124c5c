// A request that came in and the answer to it, as data.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/request.h"

namespace together {

struct HttpRequest {
  std::string method;           ///< as it came: "GET", "get" is another method
  std::string path;             ///< as it came: not decoded, without the query
  std::vector<Header> headers;  ///< names in lower case, in order of arrival
  std::string query{};          ///< as it came, what is behind the first "?"

  /// All headers of that lower-case name, joined by ", "; empty where there is none.
  std::optional<std::string> header(std::string_view name) const;
  int header_count(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  std::vector<Header> headers;              ///< without Content-Length, Date and Connection
  std::shared_ptr<const std::string> body;  ///< never null; may be shared with a snapshot

  /// Replaces every header of that name, in any case.
  void set_header(std::string_view name, std::string value);
};

/// A line of plain text with the headers every answer carries. Adds a newline to `text`.
HttpResponse plain_response(int status, std::string text);

/// What every answer carries: it is never sniffed, framed, or allowed to load anything.
std::vector<Header> security_headers();

/// "Not Found"; "" for a status this program never sends.
std::string_view reason_phrase(int status);

}  // namespace together
