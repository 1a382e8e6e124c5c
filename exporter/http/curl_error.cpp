// libcurl's many codes, folded into the few that the rest of the program knows.
#include "exporter/http/curl_error.h"

namespace together {
namespace {

TransportError timeout_at(Reached reached) {
  switch (reached) {
    case Reached::kNothing: return TransportError::kDns;
    case Reached::kResolved: return TransportError::kConnect;
    case Reached::kConnected:
    case Reached::kReady: return TransportError::kTimeout;
  }
  return TransportError::kTimeout;
}

}  // namespace

TransportError fold_curl_code(CURLcode code, Reached reached) {
  switch (code) {
    case CURLE_OK: return TransportError::kNone;

    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return TransportError::kDns;

    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
    case CURLE_NO_CONNECTION_AVAILABLE:
    case CURLE_PROXY: return TransportError::kConnect;

    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_SHUTDOWN_FAILED:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
    case CURLE_USE_SSL_FAILED: return TransportError::kTls;

    case CURLE_OPERATION_TIMEDOUT: return timeout_at(reached);

    case CURLE_PARTIAL_FILE: return TransportError::kCutShort;

    // Before the request could be sent, only a proxy that refuses its tunnel gives these.
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
      return reached == Reached::kReady ? TransportError::kCutShort : TransportError::kConnect;

    // libcurl keeps at most 100 kB of one header line and calls more "out of memory".
    case CURLE_FILESIZE_EXCEEDED:
    case CURLE_OUT_OF_MEMORY: return TransportError::kTooLarge;

    default: return TransportError::kProtocol;
  }
}

}  // namespace together
