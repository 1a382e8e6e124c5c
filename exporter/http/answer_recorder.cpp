// Turns what libcurl hands over, line by line and piece by piece, into an Exchange.
#include "exporter/http/answer_recorder.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "exporter/core/text.h"

namespace together {
namespace {

/// "HTTP/1.1 200 OK" gives 200; 0 where no number stands there.
int status_of(std::string_view status_line) {
  const auto space = status_line.find(' ');
  if (space == std::string_view::npos) return 0;
  const std::string_view code = status_line.substr(space + 1, 3);
  int status = 0;
  std::from_chars(code.data(), code.data() + code.size(), status);
  return status;
}

}  // namespace

bool AnswerRecorder::header_line(std::string_view line, Duration at) {
  header_bytes_ += line.size();
  if (header_bytes_ > kMaxHeaderBytes) {
    too_large_ = "the answer's header is larger than " + std::to_string(kMaxHeaderBytes) + " bytes";
    return false;
  }
  if (section_ != Section::kHeader) {
    if (section_ == Section::kNone || interim_) {
      start_answer(line, at);
    }
    return true;  // what follows the final answer's header is a trailer
  }
  if (trim(line).empty()) {
    section_ = Section::kBody;
  } else {
    add_header(line);
  }
  return true;
}

void AnswerRecorder::start_answer(std::string_view status_line, Duration at) {
  const int status = status_of(status_line);
  section_ = Section::kHeader;
  interim_ = status >= 100 && status < 200;
  exchange_.headers.clear();
  exchange_.status = interim_ ? 0 : status;
  exchange_.phases.first_byte = not_before_last(at);
}

void AnswerRecorder::add_header(std::string_view line) {
  if (interim_) return;
  const bool folded = line.front() == ' ' || line.front() == '\t';
  if (folded && !exchange_.headers.empty()) {
    exchange_.headers.back().second.append(" ").append(trim(line));
    return;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  exchange_.headers.emplace_back(lower_ascii(trim(line.substr(0, colon))),
                                 trim(line.substr(colon + 1)));
}

bool AnswerRecorder::body_bytes(std::string_view bytes, Duration at) {
  const bool good = exchange_.status >= 200 && exchange_.status < 300;
  const std::size_t limit = good ? max_body_bytes_ : kMaxErrorBodyBytes;
  const std::size_t fits = std::min(bytes.size(), limit - std::min(limit, exchange_.body.size()));
  if (fits > 0) {
    exchange_.body.append(bytes.substr(0, fits));
    at = not_before_last(at);
    // One entry for all that came at once: a peer that cuts its answer into single bytes must not
    // cost sixteen bytes of memory for each.
    if (!exchange_.chunks.empty() && exchange_.chunks.back().at == at) {
      exchange_.chunks.back().end = exchange_.body.size();
    } else {
      exchange_.chunks.push_back({at, exchange_.body.size()});
    }
  }
  if (fits == bytes.size()) return true;
  too_large_ = "the answer's body is larger than " + std::to_string(limit) + " bytes";
  return false;
}

Duration AnswerRecorder::not_before_last(Duration at) {
  last_at_ = std::max(last_at_, at);
  return last_at_;
}

}  // namespace together
