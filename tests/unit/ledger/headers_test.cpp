#include "exporter/ledger/headers.h"

#include <gtest/gtest.h>

namespace together {
namespace {

HeaderFacts seen(std::string surface, std::optional<std::string> value) {
  return {std::move(surface), {{"x-inference-version", std::move(value)}}};
}

TEST(HeaderBook, TheFirstValueIsNoChange) {
  HeaderBook book;
  EXPECT_TRUE(book.fold(seen("serving", "v2")).empty());
  EXPECT_EQ(book.changes().at("x-inference-version"), 0);
}
TEST(HeaderBook, AnotherValueIsAChange) {
  HeaderBook book;
  book.fold(seen("serving", "v2"));
  const auto changes = book.fold(seen("serving", "v3"));
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].before, "v2");
  EXPECT_EQ(changes[0].after, "v3");
  EXPECT_EQ(book.changes().at("x-inference-version"), 1);
}
TEST(HeaderBook, AbsenceIsNoChangeAndIsToldAsAbsence) {
  HeaderBook book;
  book.fold(seen("serving", "v2"));
  EXPECT_TRUE(book.fold(seen("serving", {})).empty());
  EXPECT_FALSE(book.seen().at("x-inference-version").at("serving").present);
}
TEST(HeaderBook, AChangeAcrossAnAbsenceIsStillAChange) {
  HeaderBook book;
  book.fold(seen("serving", "v2"));
  book.fold(seen("serving", {}));
  EXPECT_EQ(book.fold(seen("serving", "v3")).size(), 1u);
}
TEST(HeaderBook, SurfacesAreKeptApart) {
  HeaderBook book;
  book.fold(seen("serving", "v2"));
  EXPECT_TRUE(book.fold(seen("catalog", {})).empty());
  EXPECT_TRUE(book.seen().at("x-inference-version").at("serving").present);
}
TEST(HeaderBook, DropsWhatIsNotWatched) {
  HeaderBook book;
  book.fold(seen("serving", "v2"));
  book.watch_only({"x-other"});
  EXPECT_TRUE(book.seen().empty());
}

}  // namespace
}  // namespace together
