// The list of probes: one line each.
#include "probes/probes.h"

#include <array>

#include "probes/account/account.h"
#include "probes/api_version/api_version.h"
#include "probes/batch/batch.h"
#include "probes/catalog/catalog.h"
#include "probes/embeddings/embeddings.h"
#include "probes/endpoints/endpoints.h"
#include "probes/fine_tuning/fine_tuning.h"
#include "probes/image/image.h"
#include "probes/json_mode/json_mode.h"
#include "probes/pricing/pricing.h"
#include "probes/rerank/rerank.h"
#include "probes/retirements/retirements.h"
#include "probes/routing/routing.h"
#include "probes/serving/serving.h"
#include "probes/shape/shape.h"
#include "probes/stream/stream.h"
#include "probes/tools/tools.h"
#include "probes/warnings/warnings.h"
#include "probes/workload/workload.h"

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
      tools_probe(),        //
      json_mode_probe(),    //
      embeddings_probe(),   //
      rerank_probe(),       //
      image_probe(),        //
      account_probe(),      //
      batch_probe(),        //
      fine_tuning_probe(),  //
      endpoints_probe(),    //
      retirements_probe(),  //
      workload_probe(),     //
  };
  return types;
}

}  // namespace together
