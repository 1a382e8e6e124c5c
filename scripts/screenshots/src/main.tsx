// Opens the dashboard that the page's query names and says on <body> when all its panels are drawn.
import './page.css';
import { createTheme, dateTime, ThemeContext, type TimeRange } from '@grafana/data';
import type { Dashboard } from '@grafana/schema';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { createRoot } from 'react-dom/client';

import { DashboardView } from './dashboard';
import type { Fault } from './panel';
import { askFor, type Datasource } from './prometheus';
import { resolveVariables } from './variables';

declare global {
  interface Window {
    faults: Fault[];
  }
}

async function open() {
  const query = new URLSearchParams(location.search);
  const from = dateTime(Number(query.get('from')) * 1000);
  const to = dateTime(Number(query.get('to')) * 1000);
  const range: TimeRange = { from, to, raw: { from, to } };
  const datasource: Datasource = {
    scrapeSeconds: Number(query.get('scrape')), faster: Number(query.get('faster')),
  };
  const dashboard = (await askFor(`/dashboards/${query.get('dashboard')}.json`)) as Dashboard;
  const variables = await resolveVariables(dashboard, range, query);

  window.faults = [];
  const done = () => document.fonts.ready.then(() => (document.body.dataset.state = 'drawn'));
  createRoot(document.getElementById('dashboard')!).render(
    <ThemeContext.Provider value={createTheme({ colors: { mode: 'dark' } })}>
      <GlobalStyles />
      <DashboardView {...{ dashboard, variables, range, datasource, done }} />
      <PortalContainer />
    </ThemeContext.Provider>
  );
}

open();
