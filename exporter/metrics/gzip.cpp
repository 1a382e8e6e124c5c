// RFC 1952 compression with zlib.
#include <limits>
#include <new>
#include <stdexcept>

#include <zlib.h>

#include "exporter/metrics/render.h"

namespace together {

std::string gzip(std::string_view bytes) {
  if (bytes.size() > std::numeric_limits<uInt>::max()) {
    throw std::length_error("a body of 4 GiB or more cannot be compressed");
  }
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;
  // The fastest level: a scrape shrinks to a tenth either way, and this keeps a thread of the
  // judging pool from the next answer.
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);  // cannot fail: the output has room for deflateBound bytes
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace together
