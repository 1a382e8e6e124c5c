// The body of POST /v1/chat/completions.
#include "simulator/chat_request.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "simulator/schema_value.h"

namespace together::simulator {
namespace {

using nlohmann::json;

constexpr const char* kInvalid = "Input validation error";

/// The complaint about one message's content, "" for none; counts its characters.
std::string complaint_of_content(const json& content, std::size_t& characters) {
  if (content.is_string()) {
    characters += content.get_ref<const std::string&>().size();
    return "";
  }
  if (!content.is_array()) return kInvalid;
  for (const auto& part : content) {
    if (!part.is_object()) return kInvalid;
    const auto type = part.find("type");
    if (type == part.end() || !type->is_string()) return kInvalid;
    if (*type != "text") return "The model is not a multimodal model";
    const auto text = part.find("text");
    if (text == part.end() || !text->is_string()) return kInvalid;
    characters += text->get_ref<const std::string&>().size();
  }
  return "";
}

std::string complaint_of_messages(const json& body, std::size_t& characters) {
  const auto messages = body.find("messages");
  if (messages == body.end() || !messages->is_array()) return kInvalid;
  if (messages->empty()) return "Prompt cannot be empty";
  for (const auto& message : *messages) {
    if (!message.is_object()) return kInvalid;
    const auto role = message.find("role");
    if (role == message.end() || !role->is_string()) return kInvalid;
    const auto content = message.find("content");
    // An assistant's message may hold tool calls instead of content.
    if (content == message.end() || content->is_null()) continue;
    std::string complaint = complaint_of_content(*content, characters);
    if (!complaint.empty()) return complaint;
  }
  return "";
}

/// The member of an object; null where there is none.
const json& member(const json& object, const char* key) {
  static const json none;
  if (!object.is_object()) return none;
  const auto found = object.find(key);
  return found == object.end() ? none : *found;
}

/// In ASCII, so that it can be cut into tokens anywhere.
std::string text_that_fits(const json& schema) {
  Json value = value_for(schema);
  if (value.is_null()) value = Json{{"answer", "harbor"}};
  return value.dump(-1, ' ', true);
}

/// The function of this name, or the first where `name` is null; null where there is none.
const json& function_of(const json& tools, const json& name) {
  for (const auto& tool : tools) {
    const json& function = member(tool, "function");
    const json& own = member(function, "name");
    if (own.is_string() && (name.is_null() || own == name)) return function;
  }
  return member({}, "");
}

/// Writes what the tools make the model do. A model left to itself (`auto`) calls none.
std::string complaint_of_tools(const json& body, ChatRequest& request) {
  const json& tools = member(body, "tools");
  const json& choice = member(body, "tool_choice");
  if (!tools.is_null() && !tools.is_array()) return kInvalid;
  if (choice.is_null() || choice == "auto" || choice == "none") return "";
  const json& name = member(member(choice, "function"), "name");
  if (choice != "required" && !name.is_string()) return kInvalid;
  const json& function = function_of(tools, name);
  if (function.is_null()) return kInvalid;
  request.function = member(function, "name").get<std::string>();
  const json& parameters = member(function, "parameters");
  request.json = parameters.is_object() ? text_that_fits(parameters) : "{}";
  return "";
}

/// Writes what an answer in JSON mode is. Both places of the schema are in use: the documentation
/// has had it beside `type` and, as others do, in `json_schema`.
std::string complaint_of_format(const json& body, ChatRequest& request) {
  const json& format = member(body, "response_format");
  const json& type = member(format, "type");
  if (format.is_null() || type == "text") return "";
  if (type != "json_object" && type != "json_schema") return kInvalid;
  const json& inner = member(member(format, "json_schema"), "schema");
  const json& schema = inner.is_null() ? member(format, "schema") : inner;
  if (type == "json_schema" && !schema.is_object()) return kInvalid;
  request.json = text_that_fits(schema);
  return "";
}

}  // namespace

Result<ChatRequest> parse_chat_request(const std::string& text) {
  const json body = json::parse(text, nullptr, false);
  if (!body.is_object()) return fail("the body is no JSON object");
  const auto model = body.find("model");
  if (model == body.end() || !model->is_string()) return fail("the body names no model");

  ChatRequest request;
  request.model = model->get<std::string>();
  std::size_t characters = 0;
  request.complaint = complaint_of_messages(body, characters);
  request.prompt_tokens = static_cast<int>(characters / 4 + 6);
  if (const auto stream = body.find("stream"); stream != body.end() && !stream->is_null()) {
    if (stream->is_boolean()) {
      request.stream = stream->get<bool>();
    } else {
      request.complaint = kInvalid;
    }
  }
  if (const auto most = body.find("max_tokens"); most != body.end() && !most->is_null()) {
    if (most->is_number_integer() && most->get<double>() >= 1) {
      request.max_tokens = static_cast<int>(std::min(most->get<double>(), 1e6));
    } else {
      request.complaint = kInvalid;
    }
  }
  if (const auto log = body.find("logprobs"); log != body.end() && !log->is_null()) {
    const bool right = log->is_boolean() || log->is_number_integer();
    if (!right && request.complaint.empty()) request.complaint = kInvalid;
  }
  const std::string format = complaint_of_format(body, request);
  const std::string tools = complaint_of_tools(body, request);
  if (request.complaint.empty()) request.complaint = format.empty() ? tools : format;
  return request;
}

}  // namespace together::simulator
