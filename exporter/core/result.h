// The one way a function says that it could not do its job.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace together {

/// Why something failed, as one sentence for a person; it never contains a credential.
struct Error {
  std::string message;
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(std::string message) {
  return tl::make_unexpected(Error{std::move(message)});
}

}  // namespace together
