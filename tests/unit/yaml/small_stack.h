// Runs a function on a thread whose stack is as small as a civetweb worker's.
#pragma once

#include <pthread.h>

#include <cstddef>
#include <functional>

namespace together {

/// Debian's civetweb gives each worker this much. A sanitizer makes every frame several times
/// larger, so that nothing can be learnt there.
inline constexpr std::size_t kCivetwebStackBytes = 100 * 1024;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kFramesAreReal = false;
#else
inline constexpr bool kFramesAreReal = true;
#endif

/// Errors: false where there is no such thread.
inline bool run_on_stack(std::size_t bytes, std::function<void()> function) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, bytes);
  pthread_t thread{};
  const auto run = [](void* any) -> void* {
    (*static_cast<std::function<void()>*>(any))();
    return nullptr;
  };
  const bool started = pthread_create(&thread, &attributes, run, &function) == 0;
  pthread_attr_destroy(&attributes);
  return started && pthread_join(thread, nullptr) == 0;
}

}  // namespace together
