// The image probe: a picture that is refused, or where it is paid for, a small one.
#include "probes/image/image.h"

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "exporter/core/text.h"
#include "probes/answer/rules.h"
#include "probes/answer/surface.h"
#include "probes/chat/chat.h"
#include "probes/image/complaint.h"

namespace together {
namespace {

using Rule = Observation::Rule;

constexpr long long kRefusedWidth = 17;            ///< below every bound, and no multiple of 16
constexpr std::size_t kMaxPictureBytes = 8 << 20;  ///< as base64, where no address comes
constexpr std::array<std::string_view, 5> kAnswerFields{"id", "model", "object", "data", "created"};
constexpr std::array<std::string_view, 6> kItemFields{"index", "url",  "b64_json",
                                                      "type",  "seed", "timings"};

const ProbeInfo& image_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "image";
    i.help =
        "Asks for a picture of an invalid width, which a model that is there refuses for nothing; "
        "where paid, for a small picture.";
    i.scope = Scope::kModel;
    i.modalities = {Modality::kImage};
    i.for_fallbacks = true;
    i.authority = true;
    i.interval = std::chrono::minutes(15);
    i.settings = {
        {"paid", false, "Whether to buy a small picture each time, instead of a refusal."},
        {"size", 512LL, "Width and height of a picture that is bought.", 64, 2048},
    };
    i.metrics = {&kSurfaceRuleOk, &kSurfaceViolations};
    return i;
  }();
  return info;
}

/// A refusal that is about the request, and neither about the model nor about the account.
bool is_about_input(const Exchange& exchange, const ApiVerdict& verdict) {
  return verdict.outcome == Outcome::kCallerError &&
         (exchange.status == 400 || exchange.status == 422);
}

Rule judge_data(const Json& answer) {
  const Json* data = member(&answer, "data");
  if (data == nullptr || !data->is_array()) return broken("data", "the answer has no array data");
  if (data->size() != 1) {
    return broken("data", "data holds " + std::to_string(data->size()) + " pictures for one");
  }
  const Json& item = data->front();
  if (!text_of(member(&item, "url")).empty()) return kept("data", "one picture, by its address");
  if (!text_of(member(&item, "b64_json")).empty()) return kept("data", "one picture, as base64");
  return broken("data", "the picture has neither url nor b64_json");
}

Rule judge_id(const Json& answer) {
  return text_of(member(&answer, "id")).empty() ? broken("id", "the answer has no id")
                                                : kept("id", "the answer has an id");
}

class ImageProbe final : public Probe {
 public:
  explicit ImageProbe(const Settings& settings)
      : info_(image_info()), size_(settings.number("size")) {
    info_.paid = settings.flag("paid");
  }

  const ProbeInfo& info() const override { return info_; }

  Request request(const Target& target) const override {
    nlohmann::ordered_json body{{"model", target.model},
                                {"prompt", "A red circle."},
                                {"width", info_.paid ? size_ : kRefusedWidth},
                                {"height", size_},
                                {"n", 1}};
    // Unpaid, the width must be all that there is to complain of.
    if (info_.paid) body["steps"] = 1;
    Request request = post_json("/images/generations", body);
    request.max_body_bytes = kMaxPictureBytes;
    return request;
  }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    auto answer = open_answer(exchange);
    if (answer) return info_.paid ? judge_bought(target, *answer) : judge_drawn(target, *answer);
    const ApiVerdict& verdict = answer.error();
    const bool about_input = is_about_input(exchange, verdict);
    const Complaint complaint = about_input ? read_complaint(exchange.body) : Complaint::kNone;
    if (complaint == Complaint::kNone) return failed_look(verdict, true);
    return info_.paid ? judge_size(verdict, complaint) : judge_refused(target, verdict, complaint);
  }

  Billed most_billed(const Target&) const override {
    // One picture, or the megapixels of a large one; also where a free request is taken after all.
    return {.prompt = 0, .completion = 0, .images = 1 + size_ * size_ / 1'000'000};
  }

 private:
  /// No engine worked on it: it hides no outage.
  static ServingFacts refused_facts(Look look) {
    return {.look = look, .served_model = "", .authority = true, .generated = false};
  }

  /// The refusal that was asked for, or another one: then the parameters have changed.
  static Observation judge_refused(const Target& target, const ApiVerdict& verdict,
                                   Complaint complaint) {
    Observation seen;
    if (complaint == Complaint::kWidth) {
      seen.rules = {kept("width", "refused for its width, as it should be")};
      seen.facts = refused_facts(Look::kServed);
      conclude("image", target.model, "there: refused for its width, nothing was drawn", seen);
      return seen;
    }
    seen.rules = {broken("width", "refused, but not for its width: " + verdict.detail)};
    seen.facts = refused_facts(verdict.look);
    conclude("image", target.model, "", seen);
    seen.outcome = Outcome::kCallerError;
    return seen;
  }

  /// A picture was bought and its size refused: that proves the model, and says nothing against it.
  static Observation judge_size(const ApiVerdict& verdict, Complaint complaint) {
    Observation seen = failed_look(verdict, true);
    const bool of_width = complaint == Complaint::kWidth;
    seen.facts = refused_facts(of_width ? Look::kServed : verdict.look);
    if (of_width) seen.detail += "; configure another size";
    return seen;
  }

  static ServingFacts served_facts(const Target& target, const Json& answer) {
    ServingFacts facts = served_as(target, answered_model(answer));
    facts.authority = true;
    return facts;
  }

  static Observation judge_drawn(const Target& target, const Json& answer) {
    Observation seen;
    seen.rules = {broken("width", "a width of 17 was taken, and the picture may have been billed")};
    seen.facts = served_facts(target, answer);
    conclude("image", target.model, "", seen);
    return seen;
  }

  /// No usage: a picture is billed by the piece.
  static Observation judge_bought(const Target& target, const Json& answer) {
    Observation seen;
    seen.rules = {judge_list_object(answer), judge_data(answer), judge_id(answer)};
    ServingFacts facts = served_facts(target, answer);
    const Json* data = member(&answer, "data");
    const bool has_picture = seen.rules[1].ok;
    // What does not follow the contract and yet brings its picture is served.
    if (!has_picture) facts.look = Look::kFailing;
    seen.facts = std::move(facts);
    remark_fields(&answer, kAnswerFields, "", seen);
    if (has_picture) remark_fields(&data->front(), kItemFields, "data[].", seen);
    conclude("image", target.model, "drew a picture", seen);
    return seen;
  }

  ProbeInfo info_;
  long long size_;
};

}  // namespace

ProbeType image_probe() {
  return {image_info(),
          [](const ProbeInputs& inputs) { return std::make_unique<ImageProbe>(inputs.settings); }};
}

}  // namespace together
