// The axes of the panels that @grafana/ui has no component for.
import { dateTimeFormat, type TimeRange } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';

export const AXIS_HEIGHT = 20;
const TICK_WIDTH = 110;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];

export const LABEL_HEIGHT = 14;

export function textWidth(text: string) {
  return text.length * 6.6;
}

export function shortened(text: string, width: number) {
  const room = Math.floor(width / 6.6);
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}

export function TimeAxis({ range, left, width, height }: {
  range: TimeRange; left: number; width: number; height: number;
}) {
  const theme = useTheme2();
  const [from, to] = [range.from.valueOf(), range.to.valueOf()];
  const least = ((to - from) / 1000 / width) * TICK_WIDTH;
  const step = (STEPS.find((one) => one >= least) ?? 86400) * 1000;
  const lastWithRoom = to - ((to - from) / width) * (TICK_WIDTH / 4);
  const ticks = [];
  for (let time = Math.ceil(from / step) * step; time <= lastWithRoom; time += step) {
    ticks.push(time);
  }
  const format = step < 60000 ? 'HH:mm:ss' : 'HH:mm';
  return (
    <g fontSize={12} fill={theme.colors.text.primary} textAnchor="middle">
      {ticks.map((time) => {
        const x = left + ((time - from) / (to - from)) * width;
        return (
          <g key={time}>
            <line x1={x} x2={x} y1={0} y2={height} stroke={theme.colors.border.weak} />
            <text x={x} y={height + 15}>{dateTimeFormat(time, { timeZone: 'utc', format })}</text>
          </g>
        );
      })}
    </g>
  );
}
