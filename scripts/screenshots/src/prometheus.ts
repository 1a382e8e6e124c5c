// Asks Prometheus as Grafana's data source does: steps, alignment, one data frame a series or table.
import {
  type DataFrame, type Field, FieldType, type Labels, rangeUtil, type TimeRange,
} from '@grafana/data';

export interface Datasource {
  scrapeSeconds: number;
  faster: number; // everything is looked at so many times as often as usual
}

export interface Target {
  expr: string;
  refId: string;
  format?: 'time_series' | 'table' | 'heatmap';
  instant?: boolean;
  legendFormat?: string;
  interval?: string;
  hide?: boolean;
}

interface Series {
  metric: Labels;
  values: Array<[number, string]>;
}

export async function askFor(path: string): Promise<unknown> {
  const answer = await fetch(path);
  const body = await answer.json();
  if (!answer.ok) {
    throw new Error(body.error ?? `${path}: status ${answer.status}`);
  }
  return body;
}

async function ask(path: string, query: Record<string, string>): Promise<any> {
  const body = await askFor(`/prometheus/api/v1/${path}?${new URLSearchParams(query)}`);
  return (body as { data: unknown }).data;
}

const seconds = (time: { valueOf(): number }) => Math.floor(time.valueOf() / 1000);

export async function labelValues(selector: string, label: string, range: TimeRange) {
  const query: Record<string, string> = { start: `${seconds(range.from)}`, end: `${seconds(range.to)}` };
  if (selector) {
    query['match[]'] = selector;
  }
  return (await ask(`label/${label}/values`, query)) as string[];
}

// Seconds between points: no more points than pixels, none closer than scrapes. `least` is what the
// panel asks for, meant for an exporter that looks as often as usual.
export function stepOf(range: TimeRange, width: number, datasource: Datasource, least?: string) {
  const limit = Math.max(
    datasource.scrapeSeconds, least ? rangeUtil.intervalToSeconds(least) / datasource.faster : 0);
  const { intervalMs } = rangeUtil.calculateInterval(range, width, `${Math.round(limit)}s`);
  return Math.max(1, intervalMs / 1000);
}

function number(text: string) {
  return text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
}

export async function runTarget(target: Target, expr: string, range: TimeRange, step: number) {
  if (target.instant) {
    const data = await ask('query', { query: expr, time: `${seconds(range.to)}` });
    if (data.resultType === 'scalar') {
      return [{ metric: {}, values: [data.result] }] as Series[];
    }
    return data.result.map((one: any) => ({ metric: one.metric, values: [one.value] })) as Series[];
  }
  const start = Math.floor(seconds(range.from) / step) * step;
  const end = Math.floor(seconds(range.to) / step) * step;
  const query = { query: expr, start: `${start}`, end: `${end}`, step: `${step}` };
  return (await ask('query_range', query)).result as Series[];
}

function timeField(values: number[], step: number): Field {
  return { name: 'Time', type: FieldType.time, values, config: { interval: step * 1000 } };
}

function legendOf(target: Target, metric: Labels): string | undefined {
  if (!target.legendFormat || target.legendFormat === '__auto') {
    return Object.keys(metric).length ? undefined : target.expr;
  }
  return target.legendFormat.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label) => metric[label] ?? '');
}

export function seriesFrames(target: Target, series: Series[], step: number): DataFrame[] {
  return series.map(({ metric, values }) => ({
    refId: target.refId,
    name: metric.__name__,
    length: values.length,
    fields: [
      timeField(values.map(([time]) => time * 1000), step),
      {
        name: 'Value',
        type: FieldType.number,
        labels: metric,
        values: values.map(([, value]) => number(value)),
        config: { displayNameFromDS: legendOf(target, metric) },
      },
    ],
  }));
}

// `valueName` is "Value #A" where a panel has several tables.
export function tableFrame(target: Target, series: Series[], valueName: string): DataFrame {
  const labels = [...new Set(series.flatMap(({ metric }) => Object.keys(metric)))].sort();
  const rows = series.flatMap(({ metric, values }) =>
    values.map(([time, value]) => ({ metric, time: time * 1000, value: number(value) })));
  const field = (name: string, type: FieldType, values: unknown[]): Field =>
    ({ name, type, values, config: {} });
  return {
    refId: target.refId,
    length: rows.length,
    fields: [
      field('Time', FieldType.time, rows.map((row) => row.time)),
      ...labels.map((label) =>
        field(label, FieldType.string, rows.map((row) => row.metric[label] ?? ''))),
      field(valueName, FieldType.number, rows.map((row) => row.value)),
    ],
  };
}

// Prometheus' buckets include those below; a heat map shows each on its own.
export function bucketFrame(target: Target, series: Series[], step: number): DataFrame[] {
  const buckets = series
    .map(({ metric, values }) => ({
      bound: number(metric.le),
      name: metric.le,
      at: new Map(values.map(([time, value]) => [time, number(value)])),
    }))
    .sort((a, b) => a.bound - b.bound);
  if (buckets.length === 0) {
    return [];
  }
  const times = [...new Set(buckets.flatMap(({ at }) => [...at.keys()]))].sort((a, b) => a - b);
  const fields = buckets.map(({ name, at }, i): Field => ({
    name,
    type: FieldType.number,
    labels: { le: name },
    config: {},
    values: times.map((time) =>
      Math.max(0, (at.get(time) ?? 0) - (i ? (buckets[i - 1].at.get(time) ?? 0) : 0))),
  }));
  const time = timeField(times.map((t) => t * 1000), step);
  return [{ refId: target.refId, length: times.length, fields: [time, ...fields] }];
}
