// Builds the tree from yaml-cpp's events; the one file that includes yaml-cpp.
#include "exporter/yaml/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <map>
#include <sstream>

#include "exporter/yaml/lines.h"

namespace together {
namespace {

constexpr std::size_t kMaxDepth = 32;
constexpr std::size_t kMaxValues = 1'000'000;  // about what 1 MiB can hold without aliases

int line_of(const YAML::Mark& mark) { return std::max(mark.line, 0) + 1; }

// Thrown through the parser to stop it.
struct Refused {
  YamlError error;
};

class Builder final : public YAML::EventHandler {
 public:
  explicit Builder(std::string_view text) : lines_(text) {}

  YamlPtr root() const { return root_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) {
      throw Refused{{line_of(mark),
                     "a second document starts here; keep one a file, and check the "
                     "indentation"}};
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    auto node = std::make_shared<YamlNode>();
    node->line = lines_.of_empty_value(mark.line, mark.column);
    if (!open_.empty() && open_.back().key) {
      node->line = std::max(node->line, open_.back().key->line);
    }
    finish({std::move(node)}, anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_tag(mark, tag);
    auto node = make(mark, YamlNode::Kind::kScalar);
    node->text = value;
    finish({std::move(node)}, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto known = anchors_.find(anchor);
    if (known == anchors_.end()) {
      throw Refused{{line_of(mark), "an alias stands inside the value it refers to"}};
    }
    if (open_.size() + known->second.levels > kMaxDepth) throw too_deep(mark);
    attach(known->second, line_of(mark));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    refuse_tag(mark, tag);
    start(mark, YamlNode::Kind::kList, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    refuse_tag(mark, tag);
    start(mark, YamlNode::Kind::kMap, anchor);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapEnd() override { end(); }

 private:
  // A value and how large it is, with every alias counted as often as it is used.
  struct Finished {
    YamlPtr node;
    std::size_t values = 1;
    std::size_t levels = 0;  // of lists and maps
  };
  struct Open {
    std::shared_ptr<YamlNode> node;
    YAML::anchor_t anchor = 0;
    std::size_t values = 1;
    std::size_t levels = 1;
    YamlPtr key;  // a map's key that waits for its value
  };

  static Refused too_deep(const YAML::Mark& mark) {
    return {{line_of(mark), "values are nested more than 32 levels deep"}};
  }

  static std::shared_ptr<YamlNode> make(const YAML::Mark& mark, YamlNode::Kind kind) {
    auto node = std::make_shared<YamlNode>();
    node->kind = kind;
    node->line = line_of(mark);
    return node;
  }

  // yaml-cpp itself says "?" for a value without a tag and "!" for quoted text.
  static void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!") {
      throw Refused{{line_of(mark), "found a tag; remove the word that starts with \"!\""}};
    }
  }

  // Runs before yaml-cpp goes a level deeper, so its recursion stays bounded too.
  void start(const YAML::Mark& mark, YamlNode::Kind kind, YAML::anchor_t anchor) {
    if (open_.size() == kMaxDepth) throw too_deep(mark);
    open_.push_back({make(mark, kind), anchor, 1, 1, nullptr});
  }

  void end() {
    const Open done = std::move(open_.back());
    open_.pop_back();
    finish({done.node, done.values, done.levels}, done.anchor);
  }

  void finish(const Finished& value, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) anchors_[anchor] = value;
    attach(value, value.node->line);
  }

  void attach(const Finished& value, int line) {
    const YamlPtr& node = value.node;
    if (open_.empty()) {
      root_ = node;
      return;
    }
    Open& parent = open_.back();
    parent.levels = std::max(parent.levels, value.levels + 1);
    parent.values += value.values;
    if (parent.values > kMaxValues) {
      throw Refused{{line, "aliases multiply into more than 1000000 values"}};
    }
    if (parent.node->kind == YamlNode::Kind::kList) {
      parent.node->items.push_back(node);
    } else if (!parent.key) {
      parent.key = node;
    } else {
      parent.node->pairs.emplace_back(std::move(parent.key), node);
      parent.key = nullptr;
    }
  }

  Lines lines_;
  int documents_ = 0;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Finished> anchors_;
  YamlPtr root_ = std::make_shared<const YamlNode>();
};

}  // namespace

tl::expected<YamlPtr, YamlError> parse_yaml(std::string_view text) {
  if (auto bad = find_bad_byte(text))
    return tl::make_unexpected(YamlError{bad->line, bad->message});
  Builder builder(text);
  const auto broken = [&](const YAML::Mark& mark, const std::string& what) {
    return tl::make_unexpected(YamlError{std::min(line_of(mark), Lines(text).count()),
                                         "this is no valid YAML (" + what +
                                             "); check indentation, quotes and "
                                             "brackets here and above"});
  };
  try {
    // Without an end mark yaml-cpp takes a quote that is never closed for one that ends with the
    // file.
    std::istringstream stream(std::string(text) + "\n...\n");
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refused& refused) {
    return tl::make_unexpected(refused.error);
  } catch (const YAML::Exception& e) {
    return broken(e.mark, e.msg == YAML::ErrorMsg::DOC_IN_SCALAR ? "a quote is not closed" : e.msg);
  } catch (const std::exception& e) {
    return broken(YAML::Mark::null_mark(), e.what());
  }
  return builder.root();
}

}  // namespace together
