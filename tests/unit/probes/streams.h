// Literal streams in the shapes that Together's engines send.
#pragma once

#include <string>
#include <vector>

#include "tests/unit/probes/exchanges.h"

namespace together {

/// An event of one data line; the line breaks of a literal are taken out of `data`.
inline std::string event(std::string data) {
  std::erase(data, '\n');
  return "data: " + data + "\n\n";
}
inline const std::string kDone = "data: [DONE]\n\n";

/// A chunk of model a/b with one choice: `delta` as JSON, `finish` as JSON.
inline std::string chunk(const std::string& delta, const std::string& finish = "null") {
  return event(R"({"id":"o1","object":"chat.completion.chunk","created":1,"choices":[{"index":0,)"
               R"("logprobs":null,"finish_reason":)" +
               finish + R"(,"delta":)" + delta + R"(}],"model":"a/b"})");
}
inline std::string content(const std::string& text) {
  return chunk(R"({"content":")" + text + "\"}");
}
inline std::string finish(const std::string& reason = "stop") {
  return chunk(R"({"role":"assistant","content":""})", "\"" + reason + "\"");
}
inline std::string usage_chunk(const std::string& usage) {
  return event(R"({"id":"o1","object":"chat.completion.chunk","created":1,"choices":[],)"
               R"("model":"a/b","usage":)" +
               usage + "}");
}
inline const std::string kUsage =
    usage_chunk(R"({"prompt_tokens":9,"completion_tokens":3,"total_tokens":12})");
inline const std::string kGoodStream = content("One") + content(" two") + finish() + kUsage + kDone;

inline Exchange stream_answer(std::string body) {
  return answer(200, std::move(body), {{"content-type", "text/event-stream;charset=utf-8"}});
}

inline Observation judge_stream_answer(const Exchange& exchange) {
  return make_probe("stream")->judge(model_target("a/b"), exchange, "stream");
}

inline std::vector<std::string> broken_rules(const Observation& seen) {
  std::vector<std::string> names;
  for (const auto& rule : seen.rules) {
    if (!rule.ok) names.push_back(rule.name);
  }
  return names;
}

}  // namespace together
