// The words of a configuration: how messages quote them, which one was probably meant, and which
// texts may become a model id or a label value.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace together {

inline constexpr std::size_t kMaxNameBytes = 256;

/// The text in double quotes, on one line and of a length a message can bear.
std::string in_quotes(std::string_view text);

/// `unknown key "intervall"; did you mean "interval"?`, or the list of what is known.
std::string unknown_word(std::string_view noun, std::string_view text,
                         std::span<const std::string> known);

/// Letters, digits and _, no digit first: what label names and environment variables are.
bool is_identifier(std::string_view text);

/// Line breaks, NUL and their kind.
bool has_control_characters(std::string_view text);

/// What keeps `text` from being a model id, as a sentence; "" if nothing does.
std::string fault_of_model_id(std::string_view text);

/// The same for a text that becomes a label value: a name, a team, a breaking change.
std::string fault_of_name(std::string_view text);

}  // namespace together
