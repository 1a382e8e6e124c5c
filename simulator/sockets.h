// This process's TCP sockets, which civetweb hides: to see a client leave, and to stop at once.
#pragma once

namespace together::simulator {

/// The descriptor of the connection from 127.x.x.x:`port` to a server of this process, or -1.
int find_peer_socket(int port);

/// Requires: a descriptor of find_peer_socket whose connection this thread serves.
bool peer_is_gone(int descriptor);

/// Ends every connection to the local `port` and stops listening on it. Wakes whoever waits on
/// them; closes no descriptor.
void shut_down_port(int port);

}  // namespace together::simulator
