// The list of probes: one line each.
#include "probes/probes.h"

#include <array>

#include "probes/api_version/api_version.h"
#include "probes/catalog/catalog.h"
#include "probes/pricing/pricing.h"
#include "probes/retirements/retirements.h"
#include "probes/routing/routing.h"
#include "probes/serving/serving.h"
#include "probes/shape/shape.h"
#include "probes/stream/stream.h"
#include "probes/warnings/warnings.h"

namespace together {

std::span<const ProbeType> probe_types() {
  static const std::array types{
      catalog_probe(),      //
      pricing_probe(),      //
      api_version_probe(),  //
      shape_probe(),        //
      warnings_probe(),     //
      serving_probe(),      //
      routing_probe(),      //
      stream_probe(),       //
      retirements_probe(),  //
  };
  return types;
}

}  // namespace together
