// What a dashboard may say: the published types of @grafana/schema, for JSON and kind by kind.
import type { Dashboard, DashboardLink, Panel, RowPanel, VariableModel } from '@grafana/schema';
import type * as BarGauge from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type * as Heatmap from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type * as Stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as StateTimeline from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type * as Table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as Text from '@grafana/schema/dist/esm/raw/composable/text/panelcfg/x/TextPanelCfg_types.gen';
import type * as TimeSeries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

// JSON has no enums, only their values.
type Json<T> = T extends string ? `${T}`
  : T extends number | boolean | null | undefined ? T
  : T extends Array<infer One> ? Array<Json<One>>
  : T extends object ? { [Key in keyof T]: Json<T[Key]> }
  : T;

// Grafana fills in what is left out.
type Some<T> = T extends Array<infer One> ? Array<Some<One>>
  : T extends object ? { [Key in keyof T]?: Some<T[Key]> }
  : T;

type FieldConfigSource = NonNullable<Panel['fieldConfig']>;
type Fields<Custom> = Omit<FieldConfigSource, 'defaults'> & {
  defaults: Omit<FieldConfigSource['defaults'], 'custom'> & { custom?: Some<Custom> };
};

type Of<Kind extends string, Options, Custom = Record<string, never>> =
  Omit<Json<Panel>, 'type' | 'options' | 'fieldConfig' | 'links'> & {
    type: Kind;
    options?: Json<Some<Options>>;
    fieldConfig?: Json<Fields<Custom>>;
    links?: Array<Some<DashboardLink>>;
  };

type KnownPanel =
  | Of<'bargauge', BarGauge.Options>
  | Of<'heatmap', Heatmap.Options, Heatmap.FieldConfig>
  | Of<'stat', Stat.Options>
  | Of<'state-timeline', StateTimeline.Options, StateTimeline.FieldConfig>
  | Of<'table', Table.Options, Table.FieldConfig>
  | Of<'text', Text.Options>
  | Of<'timeseries', TimeSeries.Options, TimeSeries.FieldConfig>;

// `definition` is what Grafana's editor of query variables writes; the published type lacks it.
type Variable = Omit<Json<VariableModel>, 'current'> & {
  current?: Some<VariableModel['current']>;
  definition?: string;
};

export type ClassicDashboard = Omit<Json<Dashboard>, 'panels' | 'templating'> & {
  panels: Array<KnownPanel | (Omit<Json<RowPanel>, 'panels'> & { panels: KnownPanel[] })>;
  templating: { list: Variable[] };
};
