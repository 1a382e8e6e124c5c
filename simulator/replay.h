// Recorded answers of the real service, served again.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exporter/core/result.h"
#include "simulator/chat_request.h"
#include "simulator/script.h"
#include "simulator/stamp.h"
#include "simulator/world.h"

namespace together::simulator {

class Replay {
 public:
  /// Reads, by name: models_*_full.json (else models_*.json) and models_serverless_*.json, of each
  /// the last in order of name; stream_*.sse; chat_nonstream_samples.json; errors.json;
  /// deprecations*.md. Only a list of models has to be there.
  /// Errors: one sentence naming the file.
  static Result<Replay> load(const std::filesystem::path& folder);

  /// The models of both lists, so that a world can be made of them.
  const std::vector<Model>& catalog() const { return catalog_; }
  /// The list as recorded, byte for byte.
  const std::string& list(bool serverless) const { return serverless ? serverless_list_ : list_; }

  /// The recorded answer for this model and kind of request, where there is one: several are
  /// served in turn. Streams have no recorded headers: they get the world's.
  std::optional<Script> chat(const ChatRequest& request, const Stamp& stamp,
                             const World& world) const;
  /// A stream by its file's name.
  std::optional<Script> stream_file(const std::string& name, const Stamp& stamp,
                                    const World& world) const;
  std::optional<Script> error(std::size_t index) const;
  std::size_t errors() const { return errors_.size(); }
  /// A deprecations page by its file's name; "" is the one with the last date in its name.
  std::optional<std::string> page(const std::string& name) const;

 private:
  struct Stream {
    std::string name;
    std::string model;
    std::vector<std::string> events;
  };
  struct Sample {
    std::string model;
    Headers headers;
    std::string body;
  };
  struct RecordedError {
    int status = 0;
    Headers headers;
    std::string body;
  };

  void read_lists(const std::vector<std::string>& names, const std::filesystem::path& folder);
  void read_streams(const std::vector<std::string>& names, const std::filesystem::path& folder);
  void read_samples(const std::filesystem::path& file);
  void read_errors(const std::filesystem::path& file);
  Script play(const Stream& stream, const Stamp& stamp, const World& world) const;

  std::string list_ = "[]";
  std::string serverless_list_ = "[]";
  std::vector<Model> catalog_;
  std::vector<Stream> streams_;
  std::vector<Sample> samples_;
  std::vector<RecordedError> errors_;
  std::map<std::string, std::string> pages_;
};

}  // namespace together::simulator
