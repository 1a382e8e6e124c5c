// The store of `state.path: ""`: everything is forgotten with the process.
#pragma once

#include <cstdint>

#include "exporter/state/merged_changes.h"
#include "exporter/state/store.h"

namespace together {

/// Answers load() as SqliteStore would, for as long as the object lives, with the same bounds.
class MemoryStore final : public Store {
 public:
  Restored load(const std::string& day) override;
  void save(Changes changes) override;
  bool writable() const override { return true; }
  void flush() override {}

 private:
  MergedChanges kept_;
  std::int64_t last_event_id_ = 0;
};

}  // namespace together
