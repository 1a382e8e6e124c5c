// Recorded answers of the real service, served again.
#include "simulator/replay.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "simulator/chat.h"
#include "simulator/refusals.h"

namespace together::simulator {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + " cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Json parse_json(const std::string& text, const fs::path& file) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) throw std::runtime_error(file.string() + " is not JSON");
  return json;
}

bool matches(const std::string& name, const std::string& start, const std::string& end) {
  return name.size() >= start.size() + end.size() && name.starts_with(start) && name.ends_with(end);
}

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// Without those that belong to the recorded connection and encoding.
Headers replayable(const Json& recorded) {
  static const std::set<std::string> kDropped{
      "connection",       "keep-alive",    "transfer-encoding",  "te",
      "trailer",          "upgrade",       "proxy-authenticate", "proxy-authorization",
      "content-encoding", "content-length"};
  Headers headers;
  if (!recorded.is_object()) return headers;
  for (const auto& [name, value] : recorded.items()) {
    const std::string lower = lower_case(name);
    if (value.is_string() && !kDropped.contains(lower)) {
      headers.emplace_back(lower, value.get<std::string>());
    }
  }
  return headers;
}

/// A body as the file tells it: parsed, or as text.
std::string body_of(const Json& entry) {
  const Json body = entry.value("body_json", Json());
  if (!body.is_null()) return body.dump();
  const Json text = entry.value("body_text", Json());
  return text.is_string() ? text.get<std::string>() : "";
}

/// The pieces of an SSE body, each with the blank line that ends it; together all its bytes.
std::vector<std::string> split_events(const std::string& body) {
  std::vector<std::string> events;
  std::size_t start = 0;
  while (start < body.size()) {
    const auto blank = body.find("\n\n", start);
    const auto end = blank == std::string::npos ? body.size() : blank + 2;
    events.push_back(body.substr(start, end - start));
    start = end;
  }
  return events;
}

std::string model_of(const std::string& first_event) {
  constexpr std::string_view kData = "data: ";
  if (!first_event.starts_with(kData)) return "";
  const Json chunk = Json::parse(first_event.substr(kData.size()), nullptr, false);
  return chunk.is_object() ? chunk.value("model", "") : "";
}

std::string last_of(const std::vector<std::string>& names, const std::string& start,
                    const std::string& end) {
  std::string last;
  for (const auto& name : names) {
    if (matches(name, start, end)) last = std::max(last, name);
  }
  return last;
}

/// Of "deprecations_2025-11.md" "202511": what orders pages by their dates.
std::string digits_of(std::string name) {
  std::erase_if(name, [](char c) { return c < '0' || c > '9'; });
  return name;
}

Model listed_model(const Json& entry) {
  Model model;
  model.id = entry.at("id");
  model.kind = entry.value("type", "chat");
  model.listing = entry;
  return model;
}

}  // namespace

Result<Replay> Replay::load(const fs::path& folder) {
  try {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.is_regular_file()) names.push_back(entry.path().filename());
    }
    std::sort(names.begin(), names.end());
    Replay replay;
    replay.read_lists(names, folder);
    replay.read_streams(names, folder);
    replay.read_samples(folder / "chat_nonstream_samples.json");
    replay.read_errors(folder / "errors.json");
    for (const auto& name : names) {
      if (matches(name, "deprecations", ".md")) replay.pages_[name] = read_text(folder / name);
    }
    return replay;
  } catch (const std::exception& error) {
    return fail("cannot replay " + folder.string() + ": " + error.what());
  }
}

void Replay::read_lists(const std::vector<std::string>& names, const fs::path& folder) {
  std::vector<std::string> all = names;
  std::erase_if(all,
                [](const std::string& name) { return name.starts_with("models_serverless_"); });
  std::string name = last_of(all, "models_", "_full.json");
  if (name.empty()) name = last_of(all, "models_", ".json");
  if (name.empty()) throw std::runtime_error("it holds no models_*.json");
  list_ = read_text(folder / name);
  const Json models = parse_json(list_, folder / name);
  if (!models.is_array()) throw std::runtime_error(name + " is no array");
  std::map<std::string, std::size_t> places;
  for (const auto& entry : models) {
    places[entry.at("id")] = catalog_.size();
    catalog_.push_back(listed_model(entry));
  }

  const std::string serverless = last_of(names, "models_serverless_", ".json");
  if (serverless.empty()) return;
  serverless_list_ = read_text(folder / serverless);
  for (const auto& entry : parse_json(serverless_list_, folder / serverless)) {
    const auto [place, is_new] = places.emplace(entry.at("id"), catalog_.size());
    if (is_new) catalog_.push_back(listed_model(entry));
    catalog_[place->second].serverless = true;
  }
}

void Replay::read_streams(const std::vector<std::string>& names, const fs::path& folder) {
  for (const auto& name : names) {
    if (!matches(name, "stream_", ".sse")) continue;
    Stream stream{name, "", split_events(read_text(folder / name))};
    if (!stream.events.empty()) stream.model = model_of(stream.events.front());
    streams_.push_back(std::move(stream));
  }
}

void Replay::read_samples(const fs::path& file) {
  if (!fs::exists(file)) return;
  for (const auto& entry : parse_json(read_text(file), file)) {
    const Json& body = entry.at("body");
    samples_.push_back({body.at("model"), replayable(entry.at("headers")), body.dump()});
  }
}

void Replay::read_errors(const fs::path& file) {
  if (!fs::exists(file)) return;
  const Json recorded = parse_json(read_text(file), file);
  for (const auto& entry : recorded.at("errors")) {
    RecordedError error{entry.at("status"), replayable(entry.value("headers", Json())),
                        body_of(entry)};
    if (error.headers.empty()) {
      error.headers.emplace_back("content-type", "application/json; charset=utf-8");
    }
    errors_.push_back(std::move(error));
  }
}

Script Replay::play(const Stream& stream, const Stamp& stamp, const World& world) const {
  Script script;
  script.streamed = true;
  script.headers = stream_headers(world.account(), stamp);
  script.head_after = world.defaults().first_token;
  for (const auto& event : stream.events) {
    script.parts.push_back({script.parts.empty() ? Duration{} : world.defaults().token, event});
  }
  return script;
}

std::optional<Script> Replay::chat(const ChatRequest& request, const Stamp& stamp,
                                   const World& world) const {
  if (request.stream) {
    std::vector<const Stream*> found;
    for (const auto& stream : streams_) {
      if (stream.model == request.model) found.push_back(&stream);
    }
    if (found.empty()) return std::nullopt;
    return play(*found[stamp.turn % found.size()], stamp, world);
  }
  std::vector<const Sample*> found;
  for (const auto& sample : samples_) {
    if (sample.model == request.model) found.push_back(&sample);
  }
  if (found.empty()) return std::nullopt;
  const Sample& sample = *found[stamp.turn % found.size()];
  Script script = whole(200, sample.headers, sample.body);
  script.head_after = world.defaults().first_token;
  return script;
}

std::optional<Script> Replay::stream_file(const std::string& name, const Stamp& stamp,
                                          const World& world) const {
  for (const auto& stream : streams_) {
    if (stream.name == name) return play(stream, stamp, world);
  }
  return std::nullopt;
}

std::optional<Script> Replay::error(std::size_t index) const {
  if (index >= errors_.size()) return std::nullopt;
  const RecordedError& error = errors_[index];
  return whole(error.status, error.headers, error.body);
}

std::optional<std::string> Replay::page(const std::string& name) const {
  auto it = pages_.find(name);
  if (name.empty()) {
    it = std::max_element(pages_.begin(), pages_.end(), [](const auto& a, const auto& b) {
      return digits_of(a.first) < digits_of(b.first);
    });
  }
  if (it == pages_.end()) return std::nullopt;
  return it->second;
}

}  // namespace together::simulator
