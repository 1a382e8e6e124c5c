// The grid of a dashboard: title, variables, rows and panels where their gridPos says.
import { dateTimeFormat, type TimeRange } from '@grafana/data';
import type { Dashboard, Panel, RowPanel } from '@grafana/schema';
import { Icon, useTheme2 } from '@grafana/ui';
import { type CSSProperties, useRef } from 'react';

import { type Fault, PanelView } from './panel';
import type { Datasource } from './prometheus';
import type { Variables } from './variables';

const COLUMNS = 24;
const CELL = 30;
const GAP = 8;
const WIDTH = 1568;

interface Props {
  dashboard: Dashboard;
  variables: Variables;
  range: TimeRange;
  datasource: Datasource;
  done: () => void;
}

export function DashboardView({ dashboard, variables, range, datasource, done }: Props) {
  const theme = useTheme2();
  const panels = dashboard.panels ?? [];
  const waiting = useRef(panels.filter((panel) => panel.type !== 'row').length);
  const panelDone = (faults: Fault[]) => {
    window.faults.push(...faults);
    waiting.current -= 1;
    if (waiting.current === 0) done();
  };
  const bottom = Math.max(...panels.map(({ gridPos }) => gridPos!.y + gridPos!.h));
  const column = (WIDTH + GAP) / COLUMNS;
  return (
    <main style={{ padding: 16, width: WIDTH + 32, background: theme.colors.background.canvas }}>
      <Header {...{ dashboard, variables, range }} />
      <div style={{ position: 'relative', height: bottom * (CELL + GAP) - GAP }}>
        {panels.map((panel) => {
          const { x, y, w, h } = panel.gridPos!;
          const width = w * column - GAP;
          const height = h * (CELL + GAP) - GAP;
          const place: CSSProperties = {
            position: 'absolute', left: x * column, top: y * (CELL + GAP), width, height,
          };
          return (
            <section key={panel.id} style={place}>
              {panel.type === 'row' ? <Row row={panel as RowPanel} /> : (
                <PanelView panel={panel as Panel} done={panelDone}
                  {...{ variables, range, datasource, width, height }} />
              )}
            </section>
          );
        })}
      </div>
    </main>
  );
}

function Row({ row }: { row: RowPanel }) {
  return (
    <div style={{ display: 'flex', alignItems: 'center', gap: 8, height: '100%', fontWeight: 500 }}>
      <Icon name={row.collapsed ? 'angle-right' : 'angle-down'} /> {row.title}
    </div>
  );
}

function Header({ dashboard, variables, range }: Pick<Props, 'dashboard' | 'variables' | 'range'>) {
  const theme = useTheme2();
  const chip: CSSProperties = {
    border: `1px solid ${theme.colors.border.medium}`, borderRadius: 4, padding: '3px 8px',
  };
  const name: CSSProperties = { color: theme.colors.text.secondary, marginRight: 8 };
  const time = (at: TimeRange['from']) => dateTimeFormat(at, { timeZone: 'utc', format: 'HH:mm:ss' });
  return (
    <header style={{ display: 'flex', gap: 8, alignItems: 'center', marginBottom: 8 }}>
      <h1 style={{ fontSize: 20, margin: '0 16px 0 0' }}>{dashboard.title}</h1>
      {[...variables.values()].filter(({ shown }) => shown).map(({ label, text }) => (
        <span key={label} style={chip}><span style={name}>{label}</span>{text}</span>
      ))}
      <span style={{ ...chip, marginLeft: 'auto' }}>
        {dateTimeFormat(range.from, { timeZone: 'utc', format: 'YYYY-MM-DD' })}{' '}
        {time(range.from)} to {time(range.to)} UTC
      </span>
    </header>
  );
}
