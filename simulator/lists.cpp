// GET /v1/models.
#include "simulator/lists.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "simulator/refusals.h"

namespace together::simulator {
namespace {

constexpr std::size_t kDuplicated = 10;
constexpr std::size_t kMegabyte = 1'000'000;

std::vector<const std::string*> entries(const World& world, bool serverless) {
  std::vector<const std::string*> texts;
  for (const auto& state : world.models()) {
    if (serverless ? state.listed_serverless : state.listed) texts.push_back(&state.listing_text);
  }
  return texts;
}

std::string array_of(const std::vector<const std::string*>& texts) {
  std::string body = "[";
  for (const auto* text : texts) {
    if (body.size() > 1) body += ',';
    body += *text;
  }
  return body += ']';
}

std::string hostile_entry(const std::string& id_as_json) {
  return "{\"id\":\"" + id_as_json +
         "\",\"object\":\"model\",\"created\":0,\"type\":\"chat\",\"running\":false,"
         "\"display_name\":\"\",\"organization\":\"\",\"pricing\":{\"hourly\":0,\"input\":0.1,"
         "\"output\":0.1,\"base\":0,\"finetune\":0}}";
}

/// Ids made to break whoever prints them; written by hand, since bad UTF-8 is no valid JSON.
std::vector<std::string> hostile_entries() {
  return {hostile_entry("hostile/bad-\xff\xfe-utf8"), hostile_entry("hostile/\\\"quo'tes\\\\"),
          hostile_entry("hostile/new\\nline\\u0000\\r"),
          hostile_entry("hostile/<script>alert(1)</script>"),
          hostile_entry("hostile/" + std::string(kMegabyte, 'x'))};
}

}  // namespace

std::string list_body(const World& world, bool serverless) {
  return array_of(entries(world, serverless));
}

Script list_script(std::string body, const Stamp& stamp) {
  Headers headers = edge_headers(stamp, "application/json");
  headers.emplace_back("access-control-allow-methods", "GET,POST,PATCH");
  headers.emplace_back("vary", "rsc, next-router-state-tree, next-router-prefetch");
  return whole(200, std::move(headers), std::move(body));
}

Script answer_list(const World& world, bool serverless, const Stamp& stamp) {
  const ListState& list = serverless ? world.account().serverless : world.account().all;
  std::vector<const std::string*> texts = entries(world, serverless);
  switch (list.mode) {
    case ListMode::kNormal: break;
    case ListMode::kEmpty: return list_script("[]", stamp);
    case ListMode::kHtml:
      return whole(200, edge_headers(stamp, "text/html; charset=UTF-8"),
                   "<!DOCTYPE html>\n<html><body><h1>We will be right back</h1></body></html>\n");
    case ListMode::kCut: {
      const std::string body = array_of(texts);
      return list_script(body.substr(0, body.size() / 2), stamp);
    }
    case ListMode::kDrop: {
      const std::string body = array_of(texts);
      Script script = list_script(body.substr(0, body.size() / 2), stamp);
      script.streamed = true;
      script.ending = Ending::kCut;
      return script;
    }
    case ListMode::kShrink: {
      const auto missing =
          static_cast<long>(std::ceil(list.missing * static_cast<double>(texts.size())));
      texts.erase(texts.begin(), texts.begin() + missing);
      break;
    }
    case ListMode::kDataObject:
      return list_script("{\"object\":\"list\",\"data\":" + array_of(texts) + "}", stamp);
    case ListMode::kDuplicate:
      texts.insert(texts.end(), texts.begin(),
                   texts.begin() + static_cast<long>(std::min(kDuplicated, texts.size())));
      break;
    case ListMode::kHostile: {
      const std::vector<std::string> hostile = hostile_entries();
      for (const auto& text : hostile) texts.push_back(&text);
      return list_script(array_of(texts), stamp);
    }
  }
  return list_script(array_of(texts), stamp);
}

}  // namespace together::simulator
