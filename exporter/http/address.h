// The URL that a request asks, and which URLs are not asked at all.
#pragma once

#include <string>

#include "exporter/core/request.h"
#include "exporter/core/result.h"

namespace together {

/// Errors: what is no http or https URL, or holds a user name, a query or a fragment.
Result<void> check_base_url(const std::string& url);

/// `url` may be "". Errors: what is no URL; its password is not quoted.
Result<void> check_proxy_url(const std::string& url);

/// `base_url` followed by the request's path, or the request's own URL. The key must go to the host
/// of `base_url` only, so a path that could name another host is refused, and so is a credential
/// beside a URL of its own.
/// Errors: one sentence that quotes of a URL its host at most: the rest can hold a secret.
Result<std::string> address_of(const Request& request, const std::string& base_url);

}  // namespace together
