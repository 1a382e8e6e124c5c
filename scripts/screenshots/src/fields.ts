// Transformations, field defaults and overrides of a panel, applied by @grafana/data.
import {
  applyFieldOverrides, cacheFieldDisplayNames, type DataFrame, type Field, FieldConfigOptionsRegistry,
  type FieldConfigPropertyItem, type FieldConfigSource, FieldType, type GrafanaTheme2,
  standardTransformers, standardTransformersRegistry, thresholdsOverrideProcessor,
  transformDataFrame,
} from '@grafana/data';
import type { Panel, ThresholdsConfig } from '@grafana/schema';
import { firstValueFrom } from 'rxjs';

import { interpolate, type Variables } from './variables';

// Some of them are exported under two names.
standardTransformersRegistry.setInit(() =>
  [...new Map(Object.values(standardTransformers).map((info) => [info.id, info])).values()].map((info) => ({
    ...info,
    editor: () => null,
    imageDark: '',
    imageLight: '',
    transformation: async () => info as never,
  })));

const always = () => true;
const numbersOnly = (field: Field) => field.type === FieldType.number;
const STANDARD: Record<string, (field: Field) => boolean> = {
  displayName: always, unit: always, mappings: always, color: always, links: always, noValue: always,
  description: always, filterable: always,
  min: numbersOnly, max: numbersOnly, decimals: numbersOnly, thresholds: numbersOnly,
};

// JSON has no -Infinity; a dashboard's lowest threshold says null.
function withLowest(value: ThresholdsConfig | undefined) {
  const steps = value?.steps.map((step) => ({ ...step, value: step.value ?? -Infinity }));
  return value && { ...value, steps };
}

function item(id: string, isCustom: boolean, shouldApply: (field: Field) => boolean) {
  const process: FieldConfigPropertyItem['process'] = id === 'thresholds'
    ? (value, context) => thresholdsOverrideProcessor(withLowest(value) as never, context)
    : (value) => value;
  const path = isCustom ? id.replace('custom.', '') : id;
  return { id, path, name: id, isCustom, shouldApply, process } as FieldConfigPropertyItem;
}

// A Grafana server gets its registry from each panel's plugin. Ours knows the standard options and
// takes what else the panel sets as it is.
function registryFor(config: FieldConfigSource) {
  const registry = new FieldConfigOptionsRegistry();
  for (const [id, applies] of Object.entries(STANDARD)) {
    registry.register(item(id, false, applies));
  }
  const ids = new Set(Object.keys(config.defaults.custom ?? {}).map((key) => `custom.${key}`));
  for (const property of config.overrides.flatMap((override) => override.properties)) {
    if (property.id in STANDARD) continue;
    if (!property.id.startsWith('custom.')) {
      throw new Error(`an override sets "${property.id}", which Grafana's fields do not have`);
    }
    ids.add(property.id);
  }
  ids.forEach((id) => registry.register(item(id, true, always)));
  return registry;
}

export async function prepareFrames(
  panel: Panel, frames: DataFrame[], variables: Variables, theme: GrafanaTheme2
) {
  const unknown = panel.transformations?.find(({ id }) => !standardTransformersRegistry.getIfExists(id));
  if (unknown) {
    throw new Error(`there is no transformation "${unknown.id}"`);
  }
  const replaceVariables = (text: string) => interpolate(text, variables, true);
  const data = await firstValueFrom(
    transformDataFrame((panel.transformations ?? []) as never, frames, { interpolate: replaceVariables }));
  const config = { defaults: {}, overrides: [], ...panel.fieldConfig } as FieldConfigSource;
  const prepared = applyFieldOverrides({
    data, fieldConfig: config, fieldConfigRegistry: registryFor(config), replaceVariables, theme,
    timeZone: 'utc',
  });
  cacheFieldDisplayNames(prepared);
  return prepared;
}
