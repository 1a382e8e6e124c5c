// What the chat probes share: the question, and the parts of an answer that mean the same in both.
#include "probes/chat/chat.h"

#include "exporter/core/text.h"
#include "probes/api_error/envelope.h"

namespace together {

Request chat_request(const ChatQuestion& question) {
  using OrderedJson = nlohmann::ordered_json;
  OrderedJson body{
      {"model", question.model},
      {"messages", OrderedJson::array({{{"role", "user"}, {"content", question.text}}})},
      {"max_tokens", question.max_tokens},
      {"stream", question.stream},
  };
  if (question.stream) body["stream_options"] = {{"include_usage", true}};
  return chat_request(body);
}

Request chat_request(const nlohmann::ordered_json& body) {
  Request request;
  request.method = Method::kPost;
  request.path = "/chat/completions";
  request.headers = {{"content-type", "application/json"}};
  // A model id comes from a file: bytes that are no UTF-8 must not throw.
  request.body = body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  return request;
}

Probe::Billed most_chat_bill(long long max_tokens) {
  return {.prompt = 128, .completion = max_tokens + 15};
}

Probe::Billed usual_chat_bill(long long max_tokens) {
  return {.prompt = 64, .completion = max_tokens, .images = 0};
}

std::optional<Usage> read_usage(const Json* usage) {
  constexpr long long kMost = 10'000'000;
  const auto prompt = count_of(member(usage, "prompt_tokens"));
  const auto completion = count_of(member(usage, "completion_tokens"));
  if (!prompt || !completion || *prompt > kMost || *completion > kMost) return std::nullopt;
  return Usage{.prompt_tokens = *prompt, .completion_tokens = *completion};
}

std::string answered_model(const Json& answer) {
  return one_line(text_of(member(&answer, "model")), 256);
}

ServingFacts served_as(const Target& target, std::string served_model) {
  const bool other = !served_model.empty() && !equals_ignoring_case(served_model, target.model);
  return {.look = other ? Look::kServedByOther : Look::kServed,
          .served_model = std::move(served_model)};
}

std::string error_text(const Json& error) {
  const auto read = read_api_error(Json{{"error", error}});
  if (!read) return "an error without text";
  const std::string& text = !read->message.empty() ? read->message : read->code;
  return text.empty() ? "an error without text" : one_line(text, 300);
}

}  // namespace together
