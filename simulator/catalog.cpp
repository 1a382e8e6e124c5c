// The generated catalogue.
#include "simulator/catalog.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>

#include "simulator/random.h"

namespace together::simulator {
namespace {

struct Quota {
  std::string_view kind;
  int models;
  int serverless;
};

// Source: the lists of 2026-08-17 (all) and about 2026-08-15 (serverless).
constexpr std::array<Quota, 10> kQuotas{{{"chat", 171, 24},
                                         {"video", 38, 38},
                                         {"image", 30, 29},
                                         {"audio", 15, 5},
                                         {"language", 14, 0},
                                         {"transcribe", 7, 4},
                                         {"embedding", 2, 1},
                                         {"rerank", 2, 0},
                                         {"code", 1, 0},
                                         {"moderation", 1, 1}}};

constexpr std::array<std::string_view, 14> kMakers{
    "northwind-ai", "Halcyon-Labs", "tidewater", "Obsidian-Research", "lumenforge",
    "LumenForge",   "kestrel-ml",   "Parallax",  "blueharbor",        "Quartz-Institute",
    "sundew",       "Meridian-AI",  "fathom",    "Old-Mill-Works"};
constexpr std::array<std::string_view, 16> kFamilies{
    "Heron", "Basalt",  "Juniper", "Marlin", "Cobalt",  "Sparrow", "Tundra", "Cedar",
    "Onyx",  "Lantern", "Compass", "Willow", "Falcata", "Delta",   "Ember",  "Harbor"};
constexpr std::array<std::string_view, 10> kSizes{"1.5B", "3B",  "7B",  "8B",        "14B",
                                                  "32B",  "70B", "72B", "235B-A22B", "405B"};
constexpr std::array<std::string_view, 8> kEndings{"-Instruct", "-Instruct-Turbo", "-Chat", "-it",
                                                   "-Thinking", "-Instruct-FP8",   "-Lite", ""};
constexpr std::array<double, 10> kPrices{0.06, 0.1, 0.14, 0.2, 0.3, 0.6, 0.9, 1.04, 1.8, 3.5};
constexpr std::array<long long, 7> kContexts{4096, 8192, 16384, 32768, 131072, 262144, 1048576};

// Fragments of a template language, none of them anybody's real template.
constexpr std::array<std::string_view, 8> kTemplateLines{
    "{%- for turn in turns %}\n",
    "    {{- '<|speaker|>' + turn['who'] + '<|text|>\\n' }}\n",
    "{%- if tools is defined and tools %}\n    {{- '# Tools at hand\\n' }}\n{%- endif %}\n",
    "{%- set quiet = namespace(flag=false, depth=0) %}\n",
    "    {%- if turn.thoughts is string %}{{- turn.thoughts | trim }}{%- endif %}\n",
    "{%- endfor %}\n",
    "{%- macro show_call(call) %}{{- call.name ~ '(' ~ call.arguments ~ ')' }}{%- endmacro %}\n",
    "{{- '<|close|>' if final else '<|pause|>' }}\n"};

std::string filler_template(Random& random) {
  const std::size_t length =
      random.chance(10) ? 9'000 + random.below(8'000) : 300 + random.below(5'500);
  std::string text;
  while (text.size() < length) text += kTemplateLines[random.below(kTemplateLines.size())];
  return text;
}

/// Now and then the next float down, as sums and differences leave it: 1.0399999999999998.
double dusty(double price, Random& random) {
  return random.chance(25) ? std::nextafter(price, 0.0) : price;
}

std::string hex(std::uint64_t value, int digits) {
  std::string text;
  for (int i = 0; i < digits; ++i, value >>= 4U) text += "0123456789abcdef"[value & 15U];
  return text;
}

void set_media_price(Model& model, Random& random) {
  Json& pricing = model.listing["pricing"];
  const double price = 0.01 * static_cast<double>(1 + random.below(12));
  if (model.kind == "transcribe") {
    pricing["transcribe"] = {{"price_per_minute", 0.0015}};
  } else if (model.kind == "image" && random.chance(20)) {
    pricing["image_pixel"] = {{"price_per_megapixel", price}, {"min_steps", random.below(2) * 4}};
  } else if (model.kind == "image") {
    pricing["image"] = {{"example_price", price}, {"example_description", "720x1280"}};
  } else if (model.kind == "video" && random.chance(8)) {
    pricing["video"] = Json::object();
  } else if (model.kind == "video") {
    pricing["video"] = {{"example_price", 10 * price}, {"example_description", "720p / 5s"}};
  }
}

/// What the list says beside id, kind and price, with the gaps and junk that the real one has.
void decorate(Model& model, Random& random) {
  Json entry;
  entry["id"] = model.id;
  if (random.chance(55)) {
    const std::string digits = hex(random.next(), 16);
    entry["uuid"] = random.chance(3) ? "endpoint-test-duplicate-001"
                                     : "endpoint-" + digits.substr(0, 8) + "-" + digits.substr(8);
  }
  entry["object"] = "model";
  entry["created"] =
      random.chance(12) ? 0 : 1'690'000'000 + static_cast<int>(random.below(97'000'000));
  if (!random.chance(4)) entry["type"] = model.kind;
  entry["running"] = false;
  const std::string plain_name = model.listing["display_name"];
  entry["display_name"] = random.chance(3) ? "" : plain_name;
  if (!random.chance(1)) entry["organization"] = model.listing["organization"];
  if (random.chance(55)) entry["link"] = "https://huggingface.co/" + model.id;
  if (random.chance(48)) entry["license"] = random.chance(50) ? "apache-2.0" : "other";
  if (model.listing.contains("context_length")) {
    entry["context_length"] = model.listing["context_length"];
  }
  entry["config"] = model.listing["config"];
  if (answers_chat(model) && random.chance(45)) {
    entry["config"] = {{"chat_template", filler_template(random)},
                       {"stop", {"<|close|>"}},
                       {"bos_token", nullptr},
                       {"eos_token", "<|close|>"}};
  }
  entry["pricing"] = model.listing["pricing"];
  model.listing = std::move(entry);
}

Model from_known(const KnownModel& known, Random& random) {
  ModelSpec spec;
  spec.id = std::string(known.id);
  spec.type = std::string(known.kind);
  spec.serverless = known.serverless;
  spec.reasons = known.reasons;
  spec.input = known.input;
  spec.output = known.output;
  if (known.cached_input >= 0) spec.cached_input = known.cached_input;
  if (known.context_length >= 0) spec.context_length = known.context_length;
  spec.shapes = known.shapes;
  Model model = make_model(spec);
  if (known.shapes.empty()) model.shapes = {1 + static_cast<int>(hash_text(known.id) % kShapes)};
  set_media_price(model, random);
  decorate(model, random);
  model.listing["type"] = model.kind;
  return model;
}

std::string invented_id(std::string_view kind, Random& random) {
  std::string id(kMakers[random.below(kMakers.size())]);
  id += '/';
  id += kFamilies[random.below(kFamilies.size())];
  id += '-' + std::to_string(1 + random.below(5));
  if (random.chance(40)) id += '.' + std::to_string(random.below(10));
  if (kind == "chat" || kind == "language" || kind == "code") {
    id += '-';
    id += kSizes[random.below(kSizes.size())];
    if (kind == "chat") id += kEndings[random.below(kEndings.size())];
  } else {
    id += '-';
    id += kind;
  }
  return id;
}

Model invent(std::string_view kind, bool serverless, std::string id, Random& random) {
  ModelSpec spec;
  spec.id = std::move(id);
  spec.type = std::string(kind);
  spec.serverless = serverless;
  spec.shapes = {1 + static_cast<int>(hash_text(spec.id) % kShapes)};
  const bool talks = kind == "chat" || kind == "language" || kind == "code";
  spec.reasons = spec.id.ends_with("-Thinking");
  // A third of the models that nobody can call still carry a price.
  if (talks && (serverless || random.chance(33))) {
    const double price = kPrices[random.below(kPrices.size())];
    spec.input = dusty(price, random);
    spec.output = dusty(price * static_cast<double>(1 + random.below(4)), random);
    if (random.chance(serverless ? 50 : 3)) spec.cached_input = dusty(price / 5, random);
  }
  if (talks) spec.context_length = kContexts[random.below(kContexts.size())];
  if (kind == "audio" || kind == "transcribe") {
    spec.context_length = std::array<long long, 3>{448, 0, 1}[random.below(3)];
  }
  Model model = make_model(spec);
  set_media_price(model, random);
  decorate(model, random);
  return model;
}

}  // namespace

std::vector<Model> generate_catalog(std::uint64_t seed) {
  Random random(mix(seed));
  std::vector<Model> models;
  std::set<std::string> ids;
  for (const auto& known : known_models()) {
    models.push_back(from_known(known, random));
    ids.insert(models.back().id);
  }
  for (const auto& quota : kQuotas) {
    int missing = quota.models;
    int serverless = quota.serverless;
    for (const auto& known : known_models()) {
      if (known.kind != quota.kind) continue;
      --missing;
      if (known.serverless) --serverless;
    }
    while (missing > 0) {
      std::string id = invented_id(quota.kind, random);
      if (!ids.insert(id).second) continue;
      models.push_back(invent(quota.kind, serverless > 0, std::move(id), random));
      --missing;
      --serverless;
    }
  }
  return models;
}

}  // namespace together::simulator
