// The dashboard's variables, as Grafana resolves them where a dashboard is opened for the first time.
import { type TimeRange } from '@grafana/data';
import type { Dashboard, VariableModel } from '@grafana/schema';

import { labelValues } from './prometheus';

export interface Variable {
  label: string;
  text: string; // what people read
  value: string; // what goes into a query
  shown: boolean;
}

export type Variables = Map<string, Variable>;

const HIDDEN = 2;
const DESCENDING = [2, 4, 6, 8];

// A value becomes a regular expression inside a string of PromQL, so a backslash is doubled.
const escaped = (value: string) =>
  value.replace(/\\/g, '\\\\\\\\').replace(/[$^*{}[\]'+?.()|]/g, '\\\\$&');

export function interpolate(text: string, variables: Variables, forPeople = false) {
  const put = (whole: string, name: string) => {
    const variable = variables.get(name);
    return variable ? (forPeople ? variable.text : variable.value) : whole;
  };
  return text
    .replace(/\$\{(\w+)(?::(?:regex|raw|text))?\}/g, put)
    .replace(/\$(\w+)/g, put);
}

async function queryOptions(model: VariableModel, variables: Variables, range: TimeRange) {
  const query = typeof model.query === 'string' ? model.query : String(model.query?.query ?? '');
  const found = /^label_values\((?:(.+),)?\s*(\w+)\s*\)$/s.exec(interpolate(query, variables));
  if (!found) {
    throw new Error(`variable ${model.name}: only label_values() is understood, not "${query}"`);
  }
  const values = await labelValues(found[1] ?? '', found[2], range);
  const pattern = model.regex ? new RegExp(model.regex.replace(/^\/|\/$/g, '')) : undefined;
  const kept = pattern ? values.flatMap((one) => pattern.exec(one)?.[1] ?? []) : values;
  kept.sort();
  return DESCENDING.includes(model.sort ?? 0) ? kept.reverse() : kept;
}

function pick(model: VariableModel, options: string[], wanted: string | null) {
  const regex = model.multi || model.includeAll;
  const current = wanted ?? [model.current?.value].flat()[0];
  if (current && options.includes(current)) {
    return { text: current, value: regex ? escaped(current) : current };
  }
  if (model.includeAll) {
    return { text: 'All', value: model.allValue ?? `(${options.map(escaped).join('|')})` };
  }
  return { text: options[0], value: regex ? escaped(options[0]) : options[0] };
}

// `wanted` may name another value than the first, as `?var-model=...` does in Grafana.
export async function resolveVariables(dashboard: Dashboard, range: TimeRange, wanted: URLSearchParams) {
  const variables: Variables = new Map();
  for (const model of dashboard.templating?.list ?? []) {
    let options: string[];
    if (model.type === 'datasource') {
      options = ['Prometheus'];
    } else if (model.type === 'query') {
      options = await queryOptions(model, variables, range);
    } else if (model.type === 'custom' || model.type === 'interval') {
      options = String(model.query).split(',').map((one) => one.trim());
    } else {
      throw new Error(`variable ${model.name}: a variable of type ${model.type} is not understood`);
    }
    if (options.length === 0) {
      throw new Error(`variable ${model.name}: its query has no value`);
    }
    const shown = (model.hide ?? 0) < HIDDEN;
    variables.set(model.name, {
      label: model.label ?? model.name,
      shown,
      ...pick(model, options, wanted.get(`var-${model.name}`)),
    });
  }
  return variables;
}

// What Grafana's Prometheus data source adds for each panel.
export function withIntervals(variables: Variables, range: TimeRange, step: number, scrape: number) {
  const length = Math.round((range.to.valueOf() - range.from.valueOf()) / 1000);
  const all = new Map(variables);
  const add = (name: string, value: string) =>
    all.set(name, { label: name, text: value, value, shown: false });
  add('__interval', `${step}s`);
  add('__interval_ms', `${step * 1000}`);
  add('__rate_interval', `${Math.max(step + scrape, 4 * scrape)}s`);
  add('__range', `${length}s`);
  add('__range_s', `${length}`);
  add('__range_ms', `${length * 1000}`);
  return all;
}
