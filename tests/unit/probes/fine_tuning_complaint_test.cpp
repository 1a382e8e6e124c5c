#include <gtest/gtest.h>

#include <string>

#include "probes/fine_tuning/complaint.h"

namespace together {
namespace {

std::string shown(const CreateComplaint& complaint) {
  std::string text;
  switch (complaint.verdict) {
    case FormVerdict::kUnderstood: text = "yes"; break;
    case FormVerdict::kNotUnderstood: text = "no"; break;
    case FormVerdict::kUnclear: text = "unclear"; break;
  }
  for (const std::string& field : complaint.required) text += " " + field;
  return text;
}

std::string enveloped(const std::string& message, const std::string& param) {
  return R"({"error":{"message":")" + message + R"(","param":")" + param + R"("}})";
}

/// The verdict on the flat form and the required fields; the same of an envelope's message.
std::string flat(const std::string& message, const std::string& param = "") {
  return shown(read_create_complaint(TuningForm::kFlat, enveloped(message, param)));
}
std::string nested(const std::string& message, const std::string& param = "") {
  return shown(read_create_complaint(TuningForm::kNested, enveloped(message, param)));
}

TEST(CreateComplaint, MissesTheTrainingFile) {
  for (const char* message :
       {"Missing required parameter: training_file", "training_file is required",
        "The training file must be provided.", "field 'training_file' is missing",
        "Missing required parameter: training_file.", "required: training_file",
        "Training file cannot be empty"}) {
    EXPECT_EQ(flat(message), "yes training_file") << message;
    EXPECT_EQ(nested(message), "yes training_file") << message;
  }
}

TEST(CreateComplaint, MissesItByTheNameOfTheParameter) {
  EXPECT_EQ(flat("Missing required parameter", "training_file"), "yes training_file");
}

TEST(CreateComplaint, FindsNoSuchFile) {
  EXPECT_EQ(flat("Unknown training file ''"), "yes");
  EXPECT_EQ(flat("Invalid training_file: unexpected empty field"), "yes");
}

TEST(CreateComplaint, NamesWhatIsUnknown) {
  for (const char* message :
       {"Unknown parameter: hyperparameters", "Unrecognized request argument: hyperparameters",
        "hyperparameters is not supported",
        "Additional properties are not allowed ('hyperparameters' was unexpected)",
        "Unknown parameter: n_epochs", "n_epochs is no longer supported",
        "Unknown parameter: training_type"}) {
    EXPECT_EQ(flat(message), "no") << message;
    EXPECT_EQ(nested(message), "no") << message;
  }
}

TEST(CreateComplaint, WantsTheOtherForm) {
  EXPECT_EQ(flat("Missing required parameter: hyperparameters"), "no hyperparameters");
  EXPECT_EQ(flat("hyperparameters.n_epochs is required"), "no hyperparameters.n_epochs");
  EXPECT_EQ(nested("n_epochs is required"), "no n_epochs");
  EXPECT_EQ(nested("Missing required parameters: n_epochs, training_file"),
            "no n_epochs training_file");
}

TEST(CreateComplaint, WantsMoreOfTheNestedForm) {
  EXPECT_EQ(nested("hyperparameters.warmup_ratio is required; training_file is required"),
            "yes hyperparameters.warmup_ratio training_file");
}

TEST(CreateComplaint, RefusesAValueThatItRead) {
  EXPECT_EQ(flat("batch size is zero"), "yes");
  EXPECT_EQ(flat("number of checkpoints is less than one"), "yes");
  EXPECT_EQ(flat("Could not create the FineTune object (Binding)"), "yes");
  EXPECT_EQ(flat("learning_rate must be below 1e-6"), "yes");
  EXPECT_EQ(nested("hyperparameters.batch_size 8 is below the minimum of 16"), "yes");
}

TEST(CreateComplaint, FindsTheNestedValuesUnset) {
  EXPECT_EQ(nested("batch size is zero"), "no");
  EXPECT_EQ(nested("number of checkpoints is less than one"), "no");
  EXPECT_EQ(nested("Could not create the FineTune object (Binding)"), "no");
}

TEST(CreateComplaint, SpeaksOfSomethingElse) {
  for (const char* message :
       {"Model a/b is not supported for fine-tuning", "Unknown model a/b",
        "Invalid parameter: unsupported model", "Insufficient funds", "Bad request", ""}) {
    EXPECT_EQ(flat(message), "unclear") << message;
    EXPECT_EQ(nested(message), "unclear") << message;
  }
}

TEST(CreateComplaint, NamesFieldsBesideTheForm) {
  EXPECT_EQ(flat("Missing required parameter: seed"), "unclear seed");
  EXPECT_EQ(flat("'seed' must be provided"), "unclear seed");
  EXPECT_EQ(flat("Missing required parameters: seed, region and training_file"),
            "yes seed region training_file");
  EXPECT_EQ(flat("A required field is missing in the request body"), "unclear");
  EXPECT_EQ(flat("training_file is required, see https://docs.example.com/a_b"),
            "yes training_file");
}

TEST(CreateComplaint, CountsTheWorstClause) {
  EXPECT_EQ(nested("training_file is required. Unknown parameter: hyperparameters"),
            "no training_file");
  EXPECT_EQ(nested("Unknown parameter: hyperparameters; training_file is required"),
            "no training_file");
}

TEST(CreateComplaint, ReadsEveryKindOfBody) {
  const auto read = [](const std::string& body) {
    return shown(read_create_complaint(TuningForm::kNested, body));
  };
  EXPECT_EQ(read(R"({"error":"training_file is required"})"), "yes training_file");
  EXPECT_EQ(read(R"({"message":"training_file is required"})"), "yes training_file");
  EXPECT_EQ(read(R"({"detail":"training_file is required"})"), "yes training_file");
  EXPECT_EQ(read("training_file is required"), "yes training_file");
  EXPECT_EQ(read(R"({"detail":[{"loc":["body","training_file"],"msg":"Field required"}]})"),
            "yes training_file");
  EXPECT_EQ(read(R"({"detail":[{"loc":["body","training_file"],"msg":"Field required"},
                {"loc":["body","hyperparameters"],"msg":"Extra inputs are not permitted"}]})"),
            "no training_file");
  EXPECT_EQ(read("<html>training_file is required</html>"), "unclear");
  EXPECT_EQ(read(R"({"detail":[1,null,{"loc":7,"msg":[]}]})"), "unclear");
}

TEST(CreateComplaint, BoundsTheFields) {
  std::string many = "Missing required parameters: ";
  for (int i = 0; i < 30; ++i) many += "field_" + std::to_string(i) + ", ";
  EXPECT_EQ(read_create_complaint(TuningForm::kFlat, many).required.size(), 8u);
  EXPECT_EQ(flat("Missing required parameter: " + std::string(65, 'a')), "unclear");
  EXPECT_EQ(flat("Missing required parameters: <b>, a/b, p\\u00e4r, 'x y', -n"), "unclear");
}

TEST(CreateComplaint, NamesEachFieldOnce) {
  EXPECT_EQ(flat("training_file is required; training_file is missing"), "yes training_file");
}

TEST(CreateComplaint, ShowsOneLine) {
  const auto complaint = read_create_complaint(TuningForm::kFlat, "a\nb" + std::string(9000, 'x'));
  EXPECT_EQ(complaint.text.size(), 200u);
  EXPECT_EQ(complaint.text.substr(0, 3), "a b");
}

TEST(CreateComplaint, TakesAnyBytes) {
  const std::string body = enveloped("Missing required parameters: 'n_epochs', training_file", "");
  for (std::size_t at = 0; at < body.size(); ++at) {
    for (const char byte : {'\0', '\xff', '"', '\\', '\n', ':', ','}) {
      std::string changed = body;
      changed[at] = byte;
      EXPECT_LE(read_create_complaint(TuningForm::kNested, changed).required.size(), 8u);
    }
  }
}

}  // namespace
}  // namespace together
