// A request as the simulator sees it.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace together::simulator {

struct Request {
  std::string method;
  std::string path;
  std::map<std::string, std::string> query;    ///< decoded; of a repeated key the last
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
};

/// Of `a=1&b` : {a: "1", b: ""}, decoded.
std::map<std::string, std::string> parse_query(std::string_view query);

/// The header's value, "" where it is absent.
std::string header(const Request& request, const std::string& lower_case_name);

}  // namespace together::simulator
