// A streamed answer as a script.
#include "simulator/stream.h"

#include <algorithm>
#include <utility>

namespace together::simulator {
namespace {

constexpr const char* kDone = "data: [DONE]\n\n";
constexpr const char* kWebPage =
    "<!DOCTYPE html>\n<html><head><title>Just a moment...</title></head>"
    "<body><h1>Checking your browser</h1></body></html>\n";

std::string event_of(const Json& json) { return "data: " + json.dump() + "\n\n"; }

Duration first_byte(const Pace& pace) { return pace.first_byte.value_or(pace.first_token / 2); }

/// A timeline that is being written.
class Parts {
 public:
  explicit Parts(const Pace& pace) : pace_(pace) {}

  void add(Chunk::Kind kind, std::string bytes) {
    Duration after{};
    if (kind == Chunk::Kind::kToken) {
      const Duration rest = std::max(Duration{}, pace_.first_token - first_byte(pace_));
      after = had_token_ ? pace_.token : rest;
      had_token_ = true;
    }
    parts_.push_back({after, std::move(bytes)});
  }
  void add_now(std::string bytes) { parts_.push_back({Duration{}, std::move(bytes)}); }
  std::vector<Part> take() { return std::move(parts_); }

 private:
  Pace pace_;
  bool had_token_ = false;
  std::vector<Part> parts_;
};

void set_content_type(Headers& headers, const std::string& value) {
  for (auto& [name, old] : headers) {
    if (name == "content-type") old = value;
  }
}

/// How many chunks go out before a break in the middle: always at least one.
std::size_t half(const std::vector<Chunk>& chunks) {
  return std::max<std::size_t>(1, chunks.size() / 2);
}

/// The chunk that the engine's own failure looks like. Source: recorded 2025-12-14.
Json error_chunk(const Json& like) {
  return {
      {"id", ""},
      {"object", like.at("object")},
      {"created", like.at("created")},
      {"choices",
       Json::array({{{"index", 0},
                     {"text", ""},
                     {"error", "[object Object]"},
                     {"finish_reason", "error"},
                     {"delta", {{"token_id", nullptr}, {"role", "assistant"}, {"content", ""}}}}})},
      {"model", like.at("model")}};
}

void add_chunks(Parts& parts, const std::vector<Chunk>& chunks, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) parts.add(chunks[i].kind, event_of(chunks[i].json));
}

void add_without_finish(Parts& parts, const std::vector<Chunk>& chunks) {
  for (const auto& chunk : chunks) {
    Json json = chunk.json;
    if (chunk.kind == Chunk::Kind::kFinish) json["choices"][0]["finish_reason"] = nullptr;
    parts.add(chunk.kind, event_of(json));
  }
}

void add_with_cut_json(Parts& parts, const std::vector<Chunk>& chunks) {
  const std::size_t broken = half(chunks) - 1;
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    const std::string json = chunks[i].json.dump();
    parts.add(chunks[i].kind, i == broken ? "data: " + json.substr(0, json.size() / 2) + "\n\n"
                                          : event_of(chunks[i].json));
  }
}

}  // namespace

Script stream_script(const std::vector<Chunk>& chunks, Headers headers, const Pace& pace,
                     BreakMode breakage) {
  Script script;
  script.headers = std::move(headers);
  script.streamed = true;
  script.head_after = first_byte(pace);
  Parts parts(pace);
  switch (breakage) {
    case BreakMode::kHtml:
      set_content_type(script.headers, "text/html; charset=UTF-8");
      parts.add_now(kWebPage);
      break;
    case BreakMode::kCut: {
      add_chunks(parts, chunks, half(chunks));
      const std::string next = event_of(chunks.back().json);
      parts.add_now(next.substr(0, next.size() / 2));
      script.ending = Ending::kCut;
      break;
    }
    case BreakMode::kHang:
      add_chunks(parts, chunks, half(chunks));
      script.ending = Ending::kHang;
      break;
    case BreakMode::kInBandError:
      add_chunks(parts, chunks, 1);
      parts.add_now(event_of(error_chunk(chunks.front().json)));
      parts.add_now(kDone);
      break;
    case BreakMode::kEventError:
      add_chunks(parts, chunks, half(chunks));
      parts.add_now(
          "event: error\ndata: {\"error\":{\"message\":\"Internal server error\","
          "\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n");
      break;
    case BreakMode::kNoFinish:
      add_without_finish(parts, chunks);
      parts.add_now(kDone);
      break;
    case BreakMode::kBadJson:
      add_with_cut_json(parts, chunks);
      parts.add_now(kDone);
      break;
    case BreakMode::kNoDone: add_chunks(parts, chunks, chunks.size()); break;
    case BreakMode::kNone:
    case BreakMode::kDoneTwice:
    case BreakMode::kWrongContentType:
      if (breakage == BreakMode::kWrongContentType) {
        set_content_type(script.headers, "application/json");
      }
      add_chunks(parts, chunks, chunks.size());
      parts.add_now(kDone);
      if (breakage == BreakMode::kDoneTwice) parts.add_now(kDone);
      break;
  }
  script.parts = parts.take();
  return script;
}

}  // namespace together::simulator
