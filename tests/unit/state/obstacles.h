// A full disk and a read-only folder, for as long as an object lives.
#pragma once

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace together {

/// No file of this process may grow beyond `bytes`: a disk that is full, without needing one.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FullDisk() { end(); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  void end() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

/// Root may write anywhere, so the test goes on as somebody else.
class ReadOnlyFolder {
 public:
  explicit ReadOnlyFolder(const std::string& folder) {
    std::filesystem::permissions(folder, std::filesystem::perms(0555));
    if (::geteuid() == 0 && ::seteuid(65534) == 0) was_root_ = true;
  }
  ~ReadOnlyFolder() {
    if (was_root_ && ::seteuid(0) != 0) std::abort();
  }
  ReadOnlyFolder(const ReadOnlyFolder&) = delete;
  ReadOnlyFolder& operator=(const ReadOnlyFolder&) = delete;

 private:
  bool was_root_ = false;
};

}  // namespace together
