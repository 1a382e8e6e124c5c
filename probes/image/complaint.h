// What the refusal of a picture complains of.
#pragma once

#include <string_view>

namespace together {

enum class Complaint {
  kNone,   ///< no error in JSON: it does not say
  kWidth,  ///< the value of the width
  kOther,  ///< anything else, also that there is no parameter of that name
};

/// Reads the body of a 400 or 422. Total over any bytes.
/// Source: recorded 2025-12-14: "Invalid value for 'width' parameter. Image width must be an
/// integer value between 512 and 2048, in multiples of '16'."
Complaint read_complaint(std::string_view body);

}  // namespace together
