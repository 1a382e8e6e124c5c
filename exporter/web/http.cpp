// A request that came in and the answer to it, as data.
#include "exporter/web/http.h"

#include <algorithm>
#include <utility>

#include "exporter/core/text.h"

namespace together {

std::optional<std::string> HttpRequest::header(std::string_view name) const {
  std::optional<std::string> joined;
  for (const auto& [key, value] : headers) {
    if (key != name) continue;
    joined = joined ? *joined + ", " + value : value;
  }
  return joined;
}

int HttpRequest::header_count(std::string_view name) const {
  return static_cast<int>(std::count_if(
      headers.begin(), headers.end(), [&](const Header& header) { return header.first == name; }));
}

void HttpResponse::set_header(std::string_view name, std::string value) {
  std::erase_if(headers,
                [&](const Header& header) { return equals_ignoring_case(header.first, name); });
  headers.emplace_back(name, std::move(value));
}

std::vector<Header> security_headers() {
  return {{"X-Content-Type-Options", "nosniff"},
          {"X-Frame-Options", "DENY"},
          {"Referrer-Policy", "no-referrer"},
          {"Content-Security-Policy",
           "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"}};
}

HttpResponse plain_response(int status, std::string text) {
  HttpResponse response;
  response.status = status;
  response.headers = security_headers();
  response.set_header("Content-Type", "text/plain; charset=utf-8");
  response.set_header("Cache-Control", "no-store");
  text += '\n';
  response.body = std::make_shared<const std::string>(std::move(text));
  return response;
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200: return "OK";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 411: return "Length Required";
    case 413: return "Payload Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "";
  }
}

}  // namespace together
