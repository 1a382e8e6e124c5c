// The words of a configuration: quoting, guessing, checking.
#include "exporter/yaml/words.h"

#include <algorithm>
#include <vector>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::size_t kMaxQuotedBytes = 80;

// Levenshtein's distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

// The known word within a third of the text's length, or "".
std::string_view nearest(std::string_view text, std::span<const std::string> known) {
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, text.size() / 3) + 1;
  for (const auto& word : known) {
    if (word.size() > 2 * text.size() || text.size() > 2 * word.size()) continue;
    const std::size_t d = distance(text, word);
    if (d < best_distance) {
      best = word;
      best_distance = d;
    }
  }
  return best;
}

std::string fault_of(std::string_view noun, std::string_view text) {
  const std::string subject = "the " + std::string(noun);
  if (text.empty()) return subject + " is empty; write one or leave the entry out";
  if (text.size() > kMaxNameBytes) {
    return subject + " has " + std::to_string(text.size()) + " bytes; at most " +
           std::to_string(kMaxNameBytes) + " are accepted";
  }
  if (has_control_characters(text)) {
    return subject + " " + in_quotes(text) + " has control characters; remove them";
  }
  if (clean_utf8(text, std::string::npos) != text) {
    return subject + " " + in_quotes(text) + " is not valid UTF-8; save the file as UTF-8";
  }
  if (text.front() == ' ' || text.back() == ' ') {
    return subject + " " + in_quotes(text) + " starts or ends with a space; remove it";
  }
  return "";
}

}  // namespace

std::string in_quotes(std::string_view text) {
  const bool cut = text.size() > kMaxQuotedBytes;
  return "\"" + one_line(text, kMaxQuotedBytes) + (cut ? "...\"" : "\"");
}

std::string unknown_word(std::string_view noun, std::string_view text,
                         std::span<const std::string> known) {
  std::string message = "unknown " + std::string(noun) + " " + in_quotes(text) + "; ";
  const std::string_view guess = nearest(text, known);
  if (!guess.empty()) return message + "did you mean " + in_quotes(guess) + "?";
  message += "known here: ";
  for (std::size_t i = 0; i < known.size(); ++i) message += (i > 0 ? ", " : "") + known[i];
  return message;
}

bool is_identifier(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto fits = [&](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || is_digit(c) || c == '_';
  };
  return !text.empty() && !is_digit(text.front()) && std::all_of(text.begin(), text.end(), fits);
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

std::string fault_of_model_id(std::string_view text) { return fault_of("model id", text); }

std::string fault_of_name(std::string_view text) { return fault_of("text", text); }

}  // namespace together
