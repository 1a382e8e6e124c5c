// One panel: runs its targets, prepares their frames and hands them to what draws its kind.
import { type DataFrame, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import type { Panel } from '@grafana/schema';
import { Icon, PanelChrome, useTheme2 } from '@grafana/ui';
import { type FC, useEffect, useState } from 'react';

import { prepareFrames } from './fields';
import { BarGaugePanel } from './panels/bargauge';
import { HeatmapPanel } from './panels/heatmap';
import { StatPanel } from './panels/stat';
import { StateTimelinePanel } from './panels/statetimeline';
import { TablePanel } from './panels/table';
import { TextPanel } from './panels/text';
import { TimeSeriesPanel } from './panels/timeseries';
import {
  bucketFrame, type Datasource, runTarget, seriesFrames, stepOf, tableFrame, type Target,
} from './prometheus';
import { interpolate, type Variables, withIntervals } from './variables';

// What is not as it should be, for the list at the end.
export interface Fault {
  panel: string;
  target?: string;
  what: string;
}

export interface DrawProps {
  panel: Panel;
  frames: DataFrame[];
  range: TimeRange;
  variables: Variables;
  width: number;
  height: number;
}

const KINDS: Record<string, FC<DrawProps>> = {
  bargauge: BarGaugePanel,
  heatmap: HeatmapPanel,
  stat: StatPanel,
  'state-timeline': StateTimelinePanel,
  table: TablePanel,
  text: TextPanel,
  timeseries: TimeSeriesPanel,
};

interface Props {
  panel: Panel;
  variables: Variables;
  range: TimeRange;
  datasource: Datasource;
  width: number;
  height: number;
  done: (faults: Fault[]) => void;
}

interface Loaded {
  frames: DataFrame[];
  faults: Fault[];
}

async function load(props: Props, theme: GrafanaTheme2): Promise<Loaded> {
  const { panel, range, datasource, width } = props;
  const title = panel.title ?? '';
  const targets = ((panel.targets ?? []) as unknown as Target[]).filter((target) => !target.hide);
  const tables = targets.filter((target) => target.format === 'table');
  const frames: DataFrame[] = [];
  const faults: Fault[] = [];
  for (const target of targets) {
    const least = target.interval || panel.interval;
    const step = stepOf(range, panel.maxDataPoints ?? width, datasource, least);
    const variables = withIntervals(props.variables, range, step, datasource.scrapeSeconds);
    try {
      const series = await runTarget(target, interpolate(target.expr, variables), range, step);
      if (series.length === 0) {
        faults.push({ panel: title, target: target.refId, what: 'no data' });
      }
      if (target.format === 'table') {
        const name = tables.length > 1 ? `Value #${target.refId}` : 'Value';
        frames.push(tableFrame(target, series, name));
      } else if (target.format === 'heatmap') {
        frames.push(...bucketFrame(target, series, step));
      } else {
        frames.push(...seriesFrames(target, series, step));
      }
    } catch (error) {
      faults.push({ panel: title, target: target.refId, what: String(error) });
    }
  }
  try {
    return { frames: await prepareFrames(panel, frames, props.variables, theme), faults };
  } catch (error) {
    return { frames: [], faults: [...faults, { panel: title, what: String(error) }] };
  }
}

export function PanelView(props: Props) {
  const { panel, width, height, variables, range, done } = props;
  const [loaded, setLoaded] = useState<Loaded>();
  const theme = useTheme2();
  const Kind = KINDS[panel.type];
  useEffect(() => {
    load(props, theme).then((result) => {
      const faults = [...result.faults];
      if (!Kind) {
        faults.push({ panel: panel.title ?? '', what: `panels of type ${panel.type} are not drawn` });
      }
      setLoaded({ ...result, faults });
      done(faults);
    });
  }, []);

  const title = interpolate(panel.title ?? '', variables, true);
  const failed = loaded?.faults.filter(({ what }) => what !== 'no data') ?? [];
  const isEmpty = panel.type !== 'text' && !loaded?.frames.some((frame) => frame.length > 0);
  const links = panel.links?.length
    ? <Icon name="external-link-alt" size="sm" style={{ color: theme.colors.text.secondary }} />
    : undefined;
  return (
    <PanelChrome {...{ title, width, height }} description={panel.description} titleItems={links}>
      {(innerWidth: number, innerHeight: number) => {
        if (!loaded) return null;
        if (failed.length) return <Message text={failed.map(({ what }) => what).join('\n')} />;
        if (isEmpty) return <Message text={panel.fieldConfig?.defaults.noValue ?? 'No data'} />;
        return (
          <Kind frames={loaded.frames} width={innerWidth} height={innerHeight}
            {...{ panel, range, variables }} />
        );
      }}
    </PanelChrome>
  );
}

function Message({ text }: { text: string }) {
  return <div className="message">{text}</div>;
}
