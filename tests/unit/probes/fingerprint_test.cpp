#include "probes/shape/fingerprint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace together {
namespace {

using Lines = std::vector<std::string>;

std::vector<ShapePath> paths_of(const std::vector<std::string>& documents) {
  ShapeReader reader;
  for (const std::string& text : documents) {
    const auto json = parse_json(text);
    EXPECT_TRUE(json) << text;
    if (json) reader.add(*json);
  }
  return reader.paths();
}

Lines lines_of(const std::vector<std::string>& documents) {
  Lines lines;
  for (const auto& [path, type] : paths_of(documents)) lines.push_back(path + " " + type);
  return lines;
}

std::string print(const std::string& document) { return fingerprint_of(paths_of({document})); }

TEST(Fingerprint, NamesEveryKeyAndType) {
  EXPECT_EQ(lines_of({R"({"b":{"c":[{"d":1}]},"a":"x","e":true,"f":null})"}),
            (Lines{" object", "a string", "b object", "b.c array", "b.c[] object", "b.c[].d number",
                   "e boolean", "f null"}));
}
TEST(Fingerprint, IsBlindToValuesOrderAndNumbersOfItems) {
  EXPECT_EQ(print(R"({"a":1,"b":["x"]})"), print(R"({"b":["y","z"],"a":2.5})"));
  EXPECT_EQ(print(R"({"seed":1})"), print(R"({"seed":16176952071919858000})"));
}
TEST(Fingerprint, SeesKeysThatComeAndTypesThatChange) {
  EXPECT_NE(print(R"({"a":1})"), print(R"({"a":1,"b":1})"));
  EXPECT_NE(print(R"({"a":1})"), print(R"({"a":"1"})"));
  EXPECT_NE(print(R"({"a":{}})"), print(R"({"a":[]})"));
}
TEST(Fingerprint, IsTheSameInEveryRelease) { EXPECT_EQ(print(R"({"a":1})"), "f5816eb14ec3404c"); }
TEST(Fingerprint, MergesTheItemsOfAnArray) {
  EXPECT_EQ(lines_of({R"([{"a":1},{"b":"x"},{"a":{}}])"}),
            (Lines{" array", "[] object", "[].a number", "[].a object", "[].b string"}));
}
TEST(Fingerprint, MergesTheDocumentsOfAStream) {
  EXPECT_EQ(lines_of({R"({"usage":null})", R"({"usage":{"n":1}})"}),
            (Lines{" object", "usage object", "usage.n number"}));
}
TEST(Fingerprint, TakesAnObjectOfManyKeysForAMap) {
  Json map = Json::object();
  for (int i = 0; i < 65; ++i) map["key-" + std::to_string(i)] = i;
  EXPECT_EQ(lines_of({map.dump()}), (Lines{" object", "* number"}));
}
TEST(Fingerprint, OfALongListIsWhatNearlyAllOfItsItemsHave) {
  Json list = Json::array();
  for (int i = 0; i < 20; ++i) {
    list.push_back({{"id", "x"}, {"price", i < 3 ? Json::object() : Json(1)}});
  }
  const std::string before = print(list.dump());
  EXPECT_EQ(lines_of({list.dump()}),
            (Lines{" array", "[] object", "[].id string", "[].price number", "[].price object"}));
  list[0]["rare"] = true;
  list[1].erase("id");
  list.push_back({{"id", "x"}, {"price", "text"}});
  EXPECT_EQ(print(list.dump()), before) << "one item comes, one has more, one less";
  for (Json& item : list) item.erase("id");
  EXPECT_NE(print(list.dump()), before);
}
TEST(Fingerprint, StaysBounded) {
  Json wide = Json::array();
  for (int i = 0; i < 16; ++i) {
    Json item = Json::array();
    for (int k = 0; k < 16; ++k) {
      Json object;
      for (int n = 0; n < 60; ++n) object["k" + std::to_string(10'000 * i + 100 * k + n)] = 1;
      item.push_back(object);
    }
    wide.push_back(item);
  }
  EXPECT_EQ(paths_of({wide.dump()}).size(), ShapeReader::kMostPaths);
}

}  // namespace
}  // namespace together
