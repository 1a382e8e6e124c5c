// What events do to the account.
#include "exporter/core/text.h"
#include "simulator/throttle.h"
#include "simulator/world.h"

namespace together::simulator {
namespace {

void set_header(const Event& event, std::map<std::string, std::string>& headers) {
  if (event.value.empty()) {
    headers.erase(event.header);
  } else {
    headers[event.header] = event.value;
  }
}

}  // namespace

Result<void> World::apply_to_account(const Event& event, Duration t) {
  switch (event.action) {
    case Action::kFailAll: account_.outage = Outage{event.failure, until(event, t)}; break;
    case Action::kRecoverAll:
      account_.outage.reset();
      account_.throttle.reset();
      break;
    case Action::kRateLimit: account_.throttle = throttle_of(event, t); break;
    case Action::kRejectKey: account_.key_rejected = true; break;
    case Action::kAcceptKey: account_.key_rejected = false; break;
    case Action::kSpendLimit: account_.spend_limited = true; break;
    case Action::kClearSpendLimit: account_.spend_limited = false; break;
    case Action::kVersionHeader: set_header(event, account_.headers); break;
    case Action::kListMode: {
      const ListState list{event.list_mode, event.fraction};
      if (event.list != WhichList::kServerless) account_.all = list;
      if (event.list != WhichList::kAll) account_.serverless = list;
      break;
    }
    case Action::kPage: account_.page = {event.page_mode, event.fraction}; break;
    case Action::kPatch:
    case Action::kUnpatch: return patch(event);
    default: apply_to_surfaces(event); break;
  }
  return {};
}

/// A name stands for one patch: the last of that name.
Result<void> World::patch(const Event& event) {
  std::vector<Patch>& patches = account_.patches;
  const auto erased = event.name.empty() ? 0 : std::erase_if(patches, [&](const Patch& patch) {
    return patch.name == event.name;
  });
  if (event.action == Action::kPatch) {
    patches.push_back({event.name, event.api, event.model, event.operations});
  } else if (erased == 0) {
    return fail("name: there is no patch \"" + one_line(event.name, 200) + "\"");
  }
  return {};
}

void World::apply_to_surfaces(const Event& event) {
  switch (event.action) {
    case Action::kHeader: set_header(event, account_.surface_headers[event.api]); break;
    case Action::kFineTuning: account_.tuning = event.tuning; break;
    case Action::kFineTuneJob: set_job(account_.holdings.tuning_jobs, event.resource); break;
    case Action::kBatch: set_job(account_.holdings.batches, event.resource); break;
    case Action::kEndpoint: set_endpoint(account_.holdings, event.resource, event.model); break;
    default: break;
  }
}

}  // namespace together::simulator
