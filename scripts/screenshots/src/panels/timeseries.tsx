// Time series: the TimeSeries component of @grafana/ui.
import { type DataFrame, FieldType } from '@grafana/data';
import { LegendDisplayMode, type VizLegendOptions } from '@grafana/schema';
import { TimeSeries } from '@grafana/ui';

import type { DrawProps } from '../panel';

const LEGEND: VizLegendOptions =
  { displayMode: LegendDisplayMode.List, placement: 'bottom', showLegend: true, calcs: [] };

// A value that is not finite cannot be drawn; Grafana's panel leaves a gap there.
function finite(frame: DataFrame): DataFrame {
  const fields = frame.fields.map((field) => field.type !== FieldType.number ? field : {
    ...field,
    config: { ...field.config, custom: { ...field.config.custom } },
    values: field.values.map((value) => (Number.isFinite(value) ? value : null)),
  });
  return { ...frame, fields };
}

export function TimeSeriesPanel({ panel, frames, range, width, height }: DrawProps) {
  const legend = { ...LEGEND, ...(panel.options?.legend as object) };
  return (
    <TimeSeries
      frames={frames.map(finite)} timeRange={range} timeZone="utc"
      {...{ legend, width, height }}
    />
  );
}
