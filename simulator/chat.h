// POST /v1/chat/completions: from what is true of the world to an answer.
#pragma once

#include "simulator/chat_request.h"
#include "simulator/script.h"
#include "simulator/stamp.h"
#include "simulator/world.h"

namespace together::simulator {

/// Pure. The account's own gates (key, spend, outage) come before this.
Script answer_chat(const World& world, const ChatRequest& request, const Stamp& stamp);

/// The headers of a stream that an engine answers.
Headers stream_headers(const Account& account, const Stamp& stamp);

}  // namespace together::simulator
