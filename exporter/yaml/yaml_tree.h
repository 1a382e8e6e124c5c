// A YAML document as a plain tree with line numbers.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace together {

struct YamlNode;
using YamlPtr = std::shared_ptr<const YamlNode>;

/// An alias is the anchored value itself, so its line is the anchor's.
struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  int line = 1;                                    ///< counts from 1
  std::string text;                                ///< kScalar: quotes and escapes resolved
  std::vector<YamlPtr> items;                      ///< kList
  std::vector<std::pair<YamlPtr, YamlPtr>> pairs;  ///< kMap: in order, repeated keys too
};

struct YamlError {
  int line = 1;
  std::string message;
};

/// The one document of `text`; a kNull where there is none. Never null, never deeper than 32.
/// Errors: broken YAML, a second document, a tag, bad UTF-8, control characters, too deep a
/// nesting, aliases that refer to themselves or multiply into more than a million values.
tl::expected<YamlPtr, YamlError> parse_yaml(std::string_view text);

}  // namespace together
