// State timelines: drawn here, for @grafana/ui has none. Values, colours and legend are Grafana's.
import { type Field, FieldType, formattedValueToString, getFieldDisplayName } from '@grafana/data';
import { LegendDisplayMode } from '@grafana/schema';
import { useTheme2, VizLayout, VizLegend, type VizLegendItem } from '@grafana/ui';

import type { DrawProps } from '../panel';
import { AXIS_HEIGHT, LABEL_HEIGHT, shortened, textWidth, TimeAxis } from './axis';

interface Segment {
  from: number;
  to: number;
  text: string;
  color: string;
}

interface Row {
  name: string;
  segments: Segment[];
  opacity: number;
}

function segmentsOf(time: Field<number>, field: Field, end: number, merge: boolean): Segment[] {
  const step = time.config.interval ?? 0;
  const segments: Segment[] = [];
  field.values.forEach((value, i) => {
    if (value === null || value === undefined) return;
    const shown = field.display!(value);
    const from = time.values[i];
    const next = time.values[i + 1] ?? end;
    const to = Math.min(end, next - from > 1.5 * step ? from + step : next);
    const last = segments.at(-1);
    const text = formattedValueToString(shown);
    const color = shown.color ?? 'transparent';
    if (merge && last && last.to === from && last.text === text && last.color === color) {
      last.to = to;
    } else {
      segments.push({ from, to, text, color });
    }
  });
  return segments;
}

export function StateTimelinePanel({ panel, frames, range, width, height }: DrawProps) {
  const options = panel.options as { mergeValues?: boolean; rowHeight?: number; showValue?: string };
  const end = range.to.valueOf();
  const rows: Row[] = frames.flatMap((frame) => {
    const time = frame.fields.find(({ type }) => type === FieldType.time) as Field<number>;
    return frame.fields.filter((field) => field !== time).map((field) => ({
      name: getFieldDisplayName(field, frame, frames),
      segments: segmentsOf(time, field, end, options.mergeValues ?? true),
      opacity: (field.config.custom?.fillOpacity ?? 70) / 100,
    }));
  });
  const states = new Map<string, string>();
  rows.forEach(({ segments }) => segments.forEach(({ text, color }) => states.set(text, color)));
  const items: VizLegendItem[] = [...states].map(([label, color]) => ({ label, color, yAxis: 1 }));
  const legend = (
    <VizLayout.Legend placement="bottom">
      <VizLegend items={items} placement="bottom" displayMode={LegendDisplayMode.List} />
    </VizLayout.Legend>
  );
  return (
    <VizLayout width={width} height={height} legend={legend}>
      {(innerWidth: number, innerHeight: number) => (
        <Timeline width={innerWidth} height={innerHeight} rowHeight={options.rowHeight ?? 0.9}
          showValue={options.showValue !== 'never'} {...{ rows, range }} />
      )}
    </VizLayout>
  );
}

function Timeline({ rows, range, width, height, rowHeight, showValue }: {
  rows: Row[]; range: DrawProps['range']; width: number; height: number; rowHeight: number;
  showValue: boolean;
}) {
  const theme = useTheme2();
  const [from, to] = [range.from.valueOf(), range.to.valueOf()];
  const left = Math.min(width * 0.45, Math.max(...rows.map(({ name }) => textWidth(name))) + 12);
  const plot = { width: width - left, height: height - AXIS_HEIGHT };
  const each = plot.height / rows.length;
  const bar = each * rowHeight;
  const labelEvery = Math.ceil(LABEL_HEIGHT / each);
  const at = (time: number) => left + ((Math.max(time, from) - from) / (to - from)) * plot.width;
  return (
    <svg width={width} height={height} fontSize={12}>
      <TimeAxis range={range} left={left} width={plot.width} height={plot.height} />
      {rows.map(({ name, segments, opacity }, i) => (
        <g key={i} dominantBaseline="central" transform={`translate(0 ${i * each + each / 2})`}>
          {i % labelEvery === 0 && (
            <text x={left - 8} textAnchor="end" fill={theme.colors.text.primary}>
              {shortened(name, left - 8)}
            </text>
          )}
          {segments.filter((one) => one.to > from).map((one) => {
            const room = at(one.to) - at(one.from);
            return (
              <g key={one.from}>
                <rect x={at(one.from)} y={-bar / 2} width={room} height={bar} fill={one.color}
                  fillOpacity={opacity} />
                {showValue && bar >= LABEL_HEIGHT - 3 && room > textWidth(one.text) + 8 && (
                  <text x={at(one.from) + 6} fill={theme.colors.getContrastText(one.color)}>
                    {one.text}
                  </text>
                )}
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}
