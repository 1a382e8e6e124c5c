// Tables: the table that Grafana's panel uses.
import { TableCellHeight } from '@grafana/schema';
import { TableNG } from '@grafana/ui/unstable';

import type { DrawProps } from '../panel';

interface Options {
  cellHeight?: TableCellHeight;
  frameIndex?: number;
  showHeader?: boolean;
  sortBy?: Array<{ displayName: string; desc?: boolean }>;
}

export function TablePanel({ panel, frames, range, width, height }: DrawProps) {
  const options = panel.options as Options;
  return (
    <TableNG
      data={frames[options.frameIndex ?? 0]} timeRange={range} sortBy={options.sortBy}
      noHeader={options.showHeader === false} cellHeight={options.cellHeight ?? TableCellHeight.Sm}
      {...{ width, height }}
    />
  );
}
