// A complaint about fields, taken apart into clauses and words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace together {

struct Word {
  std::string text;  ///< without quotes and closing punctuation
  bool quoted = false;
  char closing = ' ';  ///< the punctuation after it, where there is some: comma or colon
};

/// One statement, in lower case. Known phrases are written as fields: "batch size" is batch_size.
struct Clause {
  std::string text;
  std::vector<Word> words;
};

/// Statements end at a line's end, a semicolon, or a full stop with a space behind it.
std::vector<Clause> clauses_of(std::string_view text);

/// The fields that a clause names, where it says of something that it is missing. Only what is
/// certainly a field's name: with an underscore, in quotes, in a list after "parameters:", or
/// before "is required". Each is [a-z0-9_.] and at most 64 bytes.
std::vector<std::string> missed_fields(const Clause& clause);

}  // namespace together
