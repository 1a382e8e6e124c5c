// Heat maps: drawn here, for @grafana/ui has none, with the colour schemes of Grafana's panel.
import { FieldType, formattedValueToString, getValueFormat } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import * as schemes from 'd3-scale-chromatic';

import type { DrawProps } from '../panel';
import { AXIS_HEIGHT, LABEL_HEIGHT, textWidth, TimeAxis } from './axis';

interface Options {
  color: { scheme?: string; reverse?: boolean; steps?: number };
  yAxis?: { unit?: string; decimals?: number };
  cellGap?: number;
  filterValues?: { le?: number };
  legend?: { show: boolean };
}

const LEGEND_HEIGHT = 24;
const LEGEND_WIDTH = 200;

// Grafana turns the schemes of one hue round on a dark background.
const ONE_HUE = ['Blues', 'Greens', 'Greys', 'Oranges', 'Purples', 'Reds'];

function colorsOf(options: Options['color'], isDark: boolean) {
  const scheme = options.scheme ?? 'Oranges';
  const interpolate = (schemes as Record<string, unknown>)[`interpolate${scheme}`];
  if (typeof interpolate !== 'function') {
    throw new Error(`there is no colour scheme "${scheme}"`);
  }
  const turned = Boolean(options.reverse) !== (isDark && ONE_HUE.includes(scheme));
  const last = (options.steps ?? 64) - 1;
  return (share: number): string => {
    const step = Math.round(share * last) / last;
    return interpolate(turned ? 1 - step : step);
  };
}

export function HeatmapPanel({ panel, frames, range, width, height }: DrawProps) {
  const theme = useTheme2();
  const options = panel.options as unknown as Options;
  const frame = frames[0];
  const time = frame.fields.find(({ type }) => type === FieldType.time)!;
  const step = time.config.interval ?? 0;
  const hideBelow = options.filterValues?.le ?? 1e-9;
  const buckets = frame.fields.filter(({ type }) => type === FieldType.number);
  const format = getValueFormat(options.yAxis?.unit);
  const names = buckets.map(({ labels }) => labels?.le === '+Inf' ? '+Inf'
    : formattedValueToString(format(Number(labels?.le), options.yAxis?.decimals)));
  const most = Math.max(hideBelow, ...buckets.flatMap(({ values }) => values));
  const color = colorsOf(options.color, theme.isDark);

  const left = Math.max(...names.map(textWidth)) + 12;
  const showLegend = options.legend?.show ?? true;
  const plot = {
    width: width - left,
    height: height - AXIS_HEIGHT - (showLegend ? LEGEND_HEIGHT : 0),
  };
  const each = plot.height / buckets.length;
  const labelEvery = Math.ceil(LABEL_HEIGHT / each);
  const [from, to] = [range.from.valueOf(), range.to.valueOf()];
  const at = (ms: number) => left + ((Math.min(Math.max(ms, from), to) - from) / (to - from)) * plot.width;
  const gap = options.cellGap ?? 1;
  return (
    <svg width={width} height={height} fontSize={12} fill={theme.colors.text.primary}>
      <TimeAxis range={range} left={left} width={plot.width} height={plot.height} />
      {buckets.map(({ values }, i) => {
        const top = plot.height - (i + 1) * each;
        return (
          <g key={i}>
            {i % labelEvery === 0 && (
              <text x={left - 8} y={top + each / 2} textAnchor="end" dominantBaseline="central">
                {names[i]}
              </text>
            )}
            {values.map((value, j) => value > hideBelow && (
              <rect key={j} x={at(time.values[j] - step)} y={top} height={Math.max(1, each - gap)}
                width={Math.max(1, at(time.values[j]) - at(time.values[j] - step) - gap)}
                fill={color(value / most)} />
            ))}
          </g>
        );
      })}
      {showLegend && (
        <g transform={`translate(${left} ${height - 12})`} dominantBaseline="central">
          <text x={0} y={0}>0</text>
          {Array.from({ length: 50 }, (_, i) => (
            <rect key={i} x={16 + (i * LEGEND_WIDTH) / 50} y={-5} width={LEGEND_WIDTH / 50 + 0.5}
              height={10} fill={color(i / 49)} />
          ))}
          <text x={LEGEND_WIDTH + 24} y={0}>{Number(most.toPrecision(3))}</text>
        </g>
      )}
    </svg>
  );
}
