// Looks at one model, counted.
#include "exporter/ledger/looks.h"

namespace together {
namespace {

void end_rows(Looks& looks) {
  looks.absent_in_row = looks.blocked_in_row = looks.failing_in_row = 0;
  looks.absent_since.reset();
  looks.blocked_since.reset();
  looks.failing_since.reset();
  looks.last_bad = Look::kNothing;
}

void exists(Looks& looks, Presence presence, WallTime at) {
  end_rows(looks);
  looks.presence = presence;
  looks.last_exists = at;
  looks.served_model.clear();
}

}  // namespace

void fold(Looks& looks, const ServingFacts& facts, WallTime at) {
  const bool answered = facts.look == Look::kServed || facts.look == Look::kServedByOther;
  if (facts.look == Look::kNothing || (!facts.authority && !answered)) return;
  looks.last_word = at;
  switch (facts.look) {
    case Look::kServed:
      exists(looks, Presence::kServed, at);
      looks.last_served = at;
      break;
    case Look::kServedByOther:
      exists(looks, Presence::kServedByOther, at);
      looks.served_model = facts.served_model;
      looks.last_served = at;
      break;
    case Look::kThrottled: exists(looks, Presence::kThrottled, at); break;
    case Look::kNotFound:
    case Look::kNonServerless:
      ++looks.absent_in_row;
      if (!looks.absent_since) looks.absent_since = at;
      looks.blocked_in_row = looks.failing_in_row = 0;
      looks.blocked_since.reset();
      looks.failing_since.reset();
      looks.last_bad = facts.look;
      break;
    case Look::kBlocked:
    case Look::kStopped:
      // A block that is not confirmed yet must not bring back an answer from before the trouble.
      if (looks.absent_in_row > 0 || looks.failing_in_row > 0) looks.presence = Presence::kNone;
      ++looks.blocked_in_row;
      if (!looks.blocked_since) looks.blocked_since = at;
      looks.absent_in_row = looks.failing_in_row = 0;
      looks.absent_since.reset();
      looks.failing_since.reset();
      looks.last_bad = facts.look;
      break;
    case Look::kFailing:
      ++looks.failing_in_row;
      if (!looks.failing_since) looks.failing_since = at;
      break;
    case Look::kNothing: break;
  }
}

void forget_answers(Looks& looks) {
  looks.presence = Presence::kNone;
  looks.last_exists.reset();
  looks.failing_in_row = 0;
  looks.failing_since.reset();
}

std::string_view unavailable_reason(const Looks& looks) {
  switch (looks.last_bad) {
    case Look::kNotFound: return "not_found";
    case Look::kNonServerless: return "non_serverless";
    case Look::kBlocked: return "organisation_policy";
    case Look::kStopped: return "endpoint_stopped";
    default: return "";
  }
}

}  // namespace together
