// Bar gauges: Grafana's BarGauge, repeated as Grafana's panel does.
import {
  type FieldConfigSource, type FieldDisplay, getDisplayValueAlignmentFactors, getFieldDisplayValues,
  VizOrientation,
} from '@grafana/data';
import { BarGaugeDisplayMode, BarGaugeNamePlacement, BarGaugeValueMode } from '@grafana/schema';
import { BarGauge, useTheme2, VizRepeater } from '@grafana/ui';

import type { DrawProps } from '../panel';
import { interpolate } from '../variables';

interface Options {
  reduceOptions: { calcs: string[]; fields?: string; values?: boolean; limit?: number };
  displayMode?: BarGaugeDisplayMode;
  namePlacement?: BarGaugeNamePlacement;
  orientation?: VizOrientation;
  showUnfilled?: boolean;
  valueMode?: BarGaugeValueMode;
  minVizHeight?: number;
  minVizWidth?: number;
  maxVizHeight?: number;
}

export function BarGaugePanel({ panel, frames, variables, width, height }: DrawProps) {
  const theme = useTheme2();
  const options = panel.options as unknown as Options;
  const getValues = () => getFieldDisplayValues({
    data: frames,
    fieldConfig: panel.fieldConfig as FieldConfigSource,
    reduceOptions: options.reduceOptions,
    replaceVariables: (text) => interpolate(text, variables, true),
    theme,
    timeZone: 'utc',
  });
  return (
    <VizRepeater<FieldDisplay, ReturnType<typeof getDisplayValueAlignmentFactors>>
      source={frames} renderCounter={0} itemSpacing={8}
      orientation={options.orientation ?? VizOrientation.Auto}
      minVizHeight={options.minVizHeight ?? 16} minVizWidth={options.minVizWidth ?? 8}
      maxVizHeight={options.maxVizHeight ?? 300}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={({ value, orientation, width, height, count, alignmentFactors }) => (
        <BarGauge
          value={value.display} field={value.field}
          display={value.view?.getFieldDisplayProcessor(value.colIndex ?? 0)}
          displayMode={options.displayMode ?? BarGaugeDisplayMode.Gradient}
          namePlacement={options.namePlacement ?? BarGaugeNamePlacement.Auto}
          showUnfilled={options.showUnfilled ?? true} valueDisplayMode={options.valueMode}
          itemSpacing={8} lcdCellWidth={12} isOverflow={count > 1}
          {...{ orientation, alignmentFactors, width, height, theme }}
        />
      )}
      {...{ getValues, width, height }}
    />
  );
}
