// From a report's POST to the changed pixel: a real Chromium shows the fleet, one host becomes critical and well again.
// Usage: node bench/pixel.mjs [--runs 40] [--hosts 142]; needs the built dashboard and a Chromium (LUNWARDEN_CHROMIUM).
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { storyFacts } from '@lunwarden/sample-fleet';
import { chromium } from 'playwright-core';
import { openHouse } from './lib/house.mjs';
import { judge, quantile } from './lib/pairs.mjs';
import { factsOf, reportText } from './lib/reports.mjs';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '40' }, hosts: { type: 'string', default: '142' } },
});
const [runs, hostCount] = [values.runs, values.hosts].map(Number);

const executablePath = [
  process.env.LUNWARDEN_CHROMIUM,
  process.env.CHROMIUM_PATH,
  ...['chromium', 'chromium-browser', 'google-chrome'].map((name) => `/usr/bin/${name}`),
  chromium.executablePath(),
].find((path) => path && existsSync(path));
const dashboardDir = fileURLToPath(new URL('../apps/dashboard/dist/', import.meta.url));
if (executablePath === undefined || !existsSync(`${dashboardDir}index.html`)) {
  console.log(JSON.stringify({ bench: 'pixel', skipped: 'no Chromium (LUNWARDEN_CHROMIUM) or no built dashboard' }));
  process.exit(0);
}

const house = await openHouse({ dashboardDir });
const report = async (host, facts) => {
  const headers = { authorization: `Bearer ${host.key}`, 'content-type': 'application/json' };
  const status = await house.post('/api/v1/reports', headers, Buffer.from(reportText(host, facts)));
  if (status !== 202) throw new Error(`a report was answered ${status}`);
};
for (let n = 1; n < hostCount; n++) await report(await house.enroll(`bench-${n}`), factsOf(n, 1));
const host = await house.enroll('changes');
// Of the two stages one is critical and the other is not: the tile that counts critical hosts goes up and down by one.
const stages = [storyFacts('popular-fix'), storyFacts('service-pack-failed')];
await report(host, stages[0]);

const browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext();
const [name, value] = house.cookie.split('=');
await context.addCookies([{ name, value, url: house.url }]);
const page = await context.newPage();
await page.goto(house.url);
const tile = page.getByTestId('kpi-Critical');
await tile.waitFor().catch(async (cause) => {
  const text = (await page.locator('body').innerText()).slice(0, 300);
  await browser.close();
  await house.close();
  throw new Error(`the dashboard shows no tiles but: ${text}`, { cause });
});
console.log(
  JSON.stringify({
    bench: 'pixel',
    node: process.version,
    browser: browser.version(),
    cores: cpus().length,
    load: loadavg()[0],
    runs,
    hosts: hostCount,
  }),
);

/** Resolves with Date.now() after two frames that follow the change of the tile's text: by then it was painted. */
const painted = () =>
  page.evaluate(() => {
    const tile = document.querySelector('[data-testid="kpi-Critical"]');
    const before = tile.textContent;
    window.painted = new Promise((resolve, reject) => {
      const tooLate = setTimeout(() => reject(new Error('the tile did not change in 20 s')), 20_000);
      const observer = new MutationObserver(() => {
        const now = document.querySelector('[data-testid="kpi-Critical"]');
        if (now === null || now.textContent === before) return;
        observer.disconnect();
        clearTimeout(tooLate);
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(Date.now())));
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    window.painted.catch(() => undefined);
  });

const times = [];
for (let run = 1; run <= runs; run++) {
  await painted();
  const began = Date.now();
  await report(host, stages[run % 2]);
  times.push((await page.evaluate(() => window.painted)) - began);
  // Not in step with the gateway's quarter of a second, as no report is.
  await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 500));
}
const figures = { p50: quantile(times, 0.5), p95: quantile(times, 0.95), max: Math.max(...times) };
console.log(JSON.stringify({ bench: 'pixel', case: 'POST to changed pixel, ms', ...figures }));
judge('pixel', [
  { name: 'p50 from POST to pixel, ms', value: figures.p50, goal: 400, atLeast: false },
  { name: 'p95 from POST to pixel, ms', value: figures.p95, goal: 1000, atLeast: false },
]);
await browser.close();
await house.close();
