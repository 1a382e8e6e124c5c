// libcurl's codes, folded.
#include "exporter/http/curl_error.h"

#include <gtest/gtest.h>

namespace together {
namespace {

TEST(FoldCurlCode, NamesTheGroup) {
  const auto folded = [](CURLcode code) { return fold_curl_code(code, Reached::kReady); };
  EXPECT_EQ(folded(CURLE_OK), TransportError::kNone);
  EXPECT_EQ(folded(CURLE_COULDNT_RESOLVE_HOST), TransportError::kDns);
  EXPECT_EQ(folded(CURLE_COULDNT_RESOLVE_PROXY), TransportError::kDns);
  EXPECT_EQ(folded(CURLE_COULDNT_CONNECT), TransportError::kConnect);
  EXPECT_EQ(folded(CURLE_SSL_CONNECT_ERROR), TransportError::kTls);
  EXPECT_EQ(folded(CURLE_PEER_FAILED_VERIFICATION), TransportError::kTls);
  EXPECT_EQ(folded(CURLE_SSL_CACERT_BADFILE), TransportError::kTls);
  EXPECT_EQ(folded(CURLE_PARTIAL_FILE), TransportError::kCutShort);
  EXPECT_EQ(folded(CURLE_RECV_ERROR), TransportError::kCutShort);
  EXPECT_EQ(folded(CURLE_GOT_NOTHING), TransportError::kCutShort);
  EXPECT_EQ(folded(CURLE_OUT_OF_MEMORY), TransportError::kTooLarge);
  EXPECT_EQ(folded(CURLE_UNSUPPORTED_PROTOCOL), TransportError::kProtocol);
  EXPECT_EQ(folded(CURLE_WEIRD_SERVER_REPLY), TransportError::kProtocol);
  EXPECT_EQ(folded(CURLE_BAD_CONTENT_ENCODING), TransportError::kProtocol);
}

TEST(FoldCurlCode, NamesTheStepThatTookTooLong) {
  const auto late = [](Reached reached) {
    return fold_curl_code(CURLE_OPERATION_TIMEDOUT, reached);
  };
  EXPECT_EQ(late(Reached::kNothing), TransportError::kDns);
  EXPECT_EQ(late(Reached::kResolved), TransportError::kConnect);
  EXPECT_EQ(late(Reached::kConnected), TransportError::kTimeout);
  EXPECT_EQ(late(Reached::kReady), TransportError::kTimeout);
}

TEST(FoldCurlCode, TakesABrokenTunnelAsNoConnection) {
  EXPECT_EQ(fold_curl_code(CURLE_RECV_ERROR, Reached::kConnected), TransportError::kConnect);
}

TEST(FoldCurlCode, IsTotal) {
  for (int code = CURLE_OK + 1; code < CURL_LAST; ++code) {
    EXPECT_NE(fold_curl_code(static_cast<CURLcode>(code), Reached::kReady), TransportError::kNone)
        << code;
  }
}

}  // namespace
}  // namespace together
