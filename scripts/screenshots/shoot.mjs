// Takes the pictures: every dashboard, drawn by the app in dist/, and the exporter's status page.
// Says what is not as it should be, and exits with 1 where anything is.
//   node shoot.mjs --dashboards=DIR --prometheus=URL --from=UNIX --to=UNIX --scrape=SECONDS
//                  --faster=TIMES --model=ID --status=URL --out=DIR
// --model: what is chosen on the dashboard of one model; --faster: how many times as often as usual
// the exporter looks, which is how many times shorter the panels' least intervals become.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { chromium } from 'playwright-core';

const NAMES = [
  'dashboards', 'prometheus', 'from', 'to', 'scrape', 'faster', 'model', 'status', 'out',
];
const options = parseArgs({
  options: Object.fromEntries(NAMES.map((name) => [name, { type: 'string' }])),
}).values;
const HERE = import.meta.dirname;
const SITE = 'http://dashboards.localhost';
const WIDTH = 1600;
// Grafana's tables draw only what is in sight.
const HEIGHT = 6000;
// Grafana's style sheet asks for its server's files.
const FONTS = {
  'Inter-Regular.woff2': 'inter-latin-400-normal.woff2',
  'Inter-Medium.woff2': 'inter-latin-500-normal.woff2',
  'Inter-Italic.woff2': 'inter-latin-400-italic.woff2',
  'Inter-MediumItalic.woff2': 'inter-latin-500-italic.woff2',
};
const STATUS_SHAPES = [
  { name: 'status', width: 1280, height: 1600, colorScheme: 'light' },
  { name: 'status-dark', width: 1280, height: 1600, colorScheme: 'dark' },
  { name: 'status-narrow', width: 390, height: 1600, colorScheme: 'light' },
  { name: 'status-narrow-dark', width: 390, height: 1600, colorScheme: 'dark' },
];

const say = (text) => console.log(`screenshots: ${text}`);
const problems = [];

function watch(page, name) {
  page.on('pageerror', (error) => problems.push(`${name}: ${error.message}`));
  page.on('requestfailed', (request) => problems.push(`${name}: ${request.url()} failed`));
  page.on('response', (response) => {
    // A query that Prometheus refuses is told by its panel.
    if (response.status() >= 400 && !response.url().includes('/prometheus/')) {
      problems.push(`${name}: ${response.url()}: status ${response.status()}`);
    }
  });
}

function fileOf(pathname) {
  const name = path.basename(pathname);
  if (pathname === '/') return path.join(HERE, 'dist/index.html');
  if (pathname.startsWith('/dashboards/')) return path.join(options.dashboards, name);
  if (pathname.startsWith('/public/fonts/')) {
    return path.join(HERE, 'node_modules/@fontsource/inter/files', FONTS[name] ?? name);
  }
  if (pathname.startsWith('/public/build/')) {
    const icon = pathname.replace('/public/build/', '');
    return path.join(HERE, 'node_modules/@grafana/ui/dist/public', icon);
  }
  return path.join(HERE, 'dist', pathname);
}

// No web server: the browser gets its files from here, and Prometheus' answers through here.
async function serve(route) {
  const { pathname, search } = new URL(route.request().url());
  if (pathname.startsWith('/prometheus/')) {
    const url = options.prometheus + pathname.replace('/prometheus', '') + search;
    return route.fulfill({ response: await route.fetch({ url }) });
  }
  const file = fileOf(pathname);
  return existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404 });
}

async function take(what, name) {
  const file = path.join(options.out, `${name}.png`);
  await what.screenshot({ path: file, animations: 'disabled' });
  say(file);
}

async function open(browser, name, variables) {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
  watch(page, name);
  await page.route(`${SITE}/**`, serve);
  const { from, to, scrape, faster } = options;
  const query = new URLSearchParams({ dashboard: name, from, to, scrape, faster, ...variables });
  await page.goto(`${SITE}/?${query}`);
  await page.waitForSelector('body[data-state=drawn]', { timeout: 60000 });
  // Tables and legends measure themselves after their first drawing.
  await page.waitForTimeout(1000);
  return page;
}

async function judge(page, name, mayBeEmpty) {
  for (const { panel, target, what } of await page.evaluate(() => window.faults)) {
    if (mayBeEmpty && what === 'no data') continue;
    problems.push(`${name}: panel "${panel}"${target ? `, query ${target}` : ''}: ${what}`);
  }
}

async function shootDashboard(browser, name) {
  try {
    let page = await open(browser, name, {});
    await judge(page, name, false);
    if (name === 'model') {
      // Not everything happens to one model; it is how people look at this dashboard nevertheless.
      await page.close();
      page = await open(browser, name, { 'var-model': options.model });
      await judge(page, name, true);
    }
    await take(page.locator('main'), `dashboard-${name}`);
    await page.close();
  } catch (error) {
    problems.push(`${name}: was not drawn: ${error.message}`);
  }
}

// Only its beginning: its lists of events and looks are long.
async function shootStatus(browser, { name, width, height, colorScheme }) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  watch(page, name);
  await page.goto(options.status);
  await take(page, name);
  await page.close();
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--force-color-profile=srgb'],
});
const dashboards = (await readdir(options.dashboards)).filter((name) => name.endsWith('.json')).sort();
for (const file of dashboards) {
  await shootDashboard(browser, path.basename(file, '.json'));
}
for (const shape of STATUS_SHAPES) {
  await shootStatus(browser, shape);
}
await browser.close();
for (const problem of problems) {
  say(`error: ${problem}`);
}
process.exitCode = problems.length ? 1 : 0;
