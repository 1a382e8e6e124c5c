// Stat panels: Grafana's BigValue, repeated as Grafana's panel does.
import {
  type FieldConfigSource, type FieldDisplay, getDisplayValueAlignmentFactors, getFieldDisplayValues,
  VizOrientation,
} from '@grafana/data';
import {
  BigValue, BigValueColorMode, BigValueGraphMode, BigValueJustifyMode, BigValueTextMode, useTheme2,
  VizRepeater,
} from '@grafana/ui';

import type { DrawProps } from '../panel';
import { interpolate } from '../variables';

interface Options {
  reduceOptions: { calcs: string[]; fields?: string; values?: boolean; limit?: number };
  colorMode?: BigValueColorMode;
  graphMode?: BigValueGraphMode;
  justifyMode?: BigValueJustifyMode;
  textMode?: BigValueTextMode;
  orientation?: VizOrientation;
  wideLayout?: boolean;
}

export function StatPanel({ panel, frames, variables, width, height }: DrawProps) {
  const theme = useTheme2();
  const options = panel.options as unknown as Options;
  const graphMode = options.graphMode ?? BigValueGraphMode.Area;
  const getValues = () => getFieldDisplayValues({
    data: frames,
    fieldConfig: panel.fieldConfig as FieldConfigSource,
    reduceOptions: options.reduceOptions,
    replaceVariables: (text) => interpolate(text, variables, true),
    sparkline: graphMode !== BigValueGraphMode.None,
    theme,
    timeZone: 'utc',
  });
  return (
    <VizRepeater<FieldDisplay, ReturnType<typeof getDisplayValueAlignmentFactors>>
      source={frames} renderCounter={0} autoGrid itemSpacing={3}
      orientation={options.orientation ?? VizOrientation.Auto}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={({ value, width, height, count, alignmentFactors }) => (
        <BigValue
          value={value.display} sparkline={value.sparkline}
          colorMode={options.colorMode ?? BigValueColorMode.Value} graphMode={graphMode}
          justifyMode={options.justifyMode ?? BigValueJustifyMode.Auto}
          textMode={options.textMode ?? BigValueTextMode.Auto}
          disableWideLayout={options.wideLayout === false}
          {...{ count, alignmentFactors, width, height, theme }}
        />
      )}
      {...{ getValues, width, height }}
    />
  );
}
