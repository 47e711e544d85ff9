/** Every view: for everybody, by keyboard, with nothing in it, and without a service. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../run-command.ts';
import { launch, withoutChromium } from './chromium.ts';
import { type WatchedPage, watchedPage } from './eyes.ts';
import { PageService } from './service.ts';

const POLICY = readFileSync(new URL('../../fixtures/plant/demo.policy.yaml', import.meta.url), 'utf8');
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
/** What is measured must not be in motion. */
const CONTEXT = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const;

/** The most that opening the page may fetch, in bytes as gzip packs them. */
const INITIAL_LOAD = 350_000;

/** What a browser says of a request that was refused, or that nobody answered; no page can keep it from that. */
const REFUSED = /status of 401/;
const UNANSWERED = /net::ERR_/;

/** For tests that open many views, or start the service again, on a machine that does other things too. */
const PATIENCE = 240_000;

/** Path, and what is there once the view is. */
const VIEWS = [
  ['/', 'heading', 'Overview'],
  ['/map', 'img', /^Map of/],
  ['/map?asset=ip-10.20.20.11', 'complementary', /^Asset/],
  ['/assets', 'table', 'Assets'],
  ['/assets/ip-10.20.20.11', 'heading', 'How it is known'],
  ['/matrix', 'heading', 'Matrix'],
  ['/matrix?by=asset', 'heading', 'Matrix'],
  ['/matrix?by=asset&colours=protocol', 'heading', 'Matrix'],
  ['/zones', 'heading', 'Zones'],
  ['/zones?from=operations&to=filling', 'heading', /→/],
  ['/findings', 'heading', 'Findings'],
  ['/findings?show=violations', 'heading', 'Findings'],
  ['/events', 'heading', 'Events'],
  ['/assessment', 'heading', 'Roadmap'],
  ['/captures', 'heading', 'demo.pcap'],
  ['/sensor', 'heading', 'Limits'],
] as const;

describe.skipIf(withoutChromium())('the views', () => {
  const service = new PageService();
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    [browser] = await Promise.all([launch(), service.start()]);
    context = await browser.newContext(CONTEXT);
    await service.read('demo.pcap');
    await service.setPolicy(POLICY);
  });
  afterAll(async () => {
    await browser?.close();
    await service.close();
  });

  // a test that fails leaves its page open, and a browser has few connections for all of them
  afterEach(() => Promise.all(context.pages().map((page) => page.close())));

  async function open(path: string, expected?: RegExp): Promise<WatchedPage> {
    const watched = await watchedPage(context, service.url, expected);
    watched.page.setDefaultTimeout(15_000);
    await watched.page.goto(`${service.url}${path}`);
    return watched;
  }

  test.each(VIEWS)('%s can be used by everybody, in light and dark', async (path, role, name) => {
    const { page, troubles } = await open(path);
    await page.getByRole(role, { name }).first().waitFor();
    await page.evaluate(AXE);
    expect(await seriousIssues(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousIssues(page, ['color-contrast'])).toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('opening the page fetches little', async () => {
    const fresh = await browser.newContext(CONTEXT);
    const { page, troubles } = await watchedPage(fresh, service.url);
    const sizes = new Map<string, number>();
    const bodies: Promise<void>[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith('/api/')) return;
      bodies.push(response.body().then((body) => void sizes.set(pathname, gzipSync(body).length)));
    });
    await page.goto(service.url);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await Promise.all(bodies);
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    console.log(`initial load: ${total} bytes as gzip in ${sizes.size} files`);
    expect(total).toBeLessThan(INITIAL_LOAD);
    expect(troubles).toEqual([]);
    await fresh.close();
  });

  test('the table of assets is walked, sorted and filtered without a mouse; going back undoes it', async () => {
    const { page, troubles } = await open('/assets');
    const rows = page.locator('tbody tr[data-row]');
    await rows.first().waitFor();
    await page.locator('tr[data-row="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.locator('tr[data-row="2"]:focus').waitFor();
    await page.keyboard.press('End');
    await page.locator('tr[data-row]:focus').waitFor();
    await page.keyboard.press('Home');
    await page.locator('tr[data-row="0"]:focus').waitFor();
    const address = await page.locator('tr[data-row="0"] td').first().innerText();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'How it is known' }).waitFor();
    await page.goBack();
    await rows.first().waitFor();

    await page.getByRole('button', { name: /^Address/ }).press('Enter');
    await page.getByRole('columnheader', { name: /^Address/, exact: false }).waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('-address');
    await expect.poll(() => rows.first().locator('td').first().innerText()).not.toBe(address);
    await page.getByRole('searchbox', { name: 'Search the assets' }).fill('10.20.20.11');
    await expect.poll(() => rows.count()).toBe(1);
    await page.reload();
    await expect.poll(() => rows.count()).toBe(1);
    expect(await page.getByRole('searchbox', { name: 'Search the assets' }).inputValue()).toBe('10.20.20.11');
    await page.getByRole('searchbox', { name: 'Search the assets' }).fill('no such thing');
    await page.getByText('No asset is like that').waitFor();
    expect(troubles).toEqual([]);
  });

  test('Ctrl K finds assets, zones, protocols and views; the focus returns', async () => {
    const { page, troubles } = await open('/findings');
    const button = page.getByRole('button', { name: /^Search/ });
    await button.focus();
    await page.keyboard.press('Control+k');
    const input = page.getByRole('combobox', { name: 'Search' });
    await input.waitFor();
    await page.keyboard.press('Escape');
    await input.waitFor({ state: 'detached' });
    await button.and(page.locator(':focus')).waitFor();

    const find = async (words: string, result: RegExp, path: RegExp) => {
      await page.keyboard.press('Control+k');
      await input.fill(words);
      const option = page.getByRole('option', { name: result });
      await option.first().waitFor();
      while ((await option.first().getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await input.waitFor({ state: 'detached' });
      await expect.poll(() => page.url().slice(service.url.length)).toMatch(path);
    };
    await find('10.20.20.11', /10\.20\.20\.11/, /^\/assets\/ip-10\.20\.20\.11$/);
    await find('packaging', /Packaging hall/, /^\/zones\/packaging$/);
    await find('modbus', /protocol/, /^\/assets\?protocol=modbus$/);
    await find('assessm', /^Assessment/, /^\/assessment$/);
    expect(troubles).toEqual([]);
  });

  // a dialog says that it is closed with the next frame: by then it may have been opened again
  test('the search that is opened again at once stays open', async () => {
    const { page, troubles } = await open('/findings');
    await page.getByRole('heading', { name: 'Findings' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search' }).fill('assessm');
    await page.getByRole('option', { name: /^Assessment/, selected: true }).waitFor();
    const [opened, left] = await page.evaluate<[boolean, boolean]>(`(async () => {
      const press = (key, ctrlKey) =>
        (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true }));
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const isOpen = () => document.querySelector('dialog.palette') !== null;
      press('Enter', false);
      while (isOpen()) await undefined;
      press('k', true);
      while (!isOpen()) await undefined;
      for (let frames = 0; frames < 5; frames++) await frame();
      return [document.querySelector('dialog.palette[open]') !== null, location.pathname !== '/findings'];
    })()`);
    expect({ opened, left }).toEqual({ opened: true, left: true });
    expect(troubles).toEqual([]);
  });

  test('a drawer is opened and closed by the keyboard; what is open stands in the address', async () => {
    const { page, troubles } = await open('/findings');
    const finding = page.locator('.finding-list button.link').first();
    await finding.focus();
    await page.keyboard.press('Enter');
    const drawer = page.locator('aside.drawer');
    await drawer.waitFor();
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('open')).not.toBeNull();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await finding.and(page.locator(':focus')).waitFor();
    await page.goBack();
    await drawer.waitFor();
    await page.goForward();
    await drawer.waitFor({ state: 'detached' });

    // every control of the frame is reached by the tabulator
    await page.goto(`${service.url}/`);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.keyboard.press('Tab');
    await page.locator('a.skip:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('main:focus').waitFor();
    expect(troubles).toEqual([]);
  });

  test('the matrix is walked from cell to cell, and coloured by access or by protocol', async () => {
    const { page, troubles } = await open('/matrix');
    const focused = page.locator('.matrix-cells .cell:focus');
    await page.locator('.matrix-cells .cell[tabindex="0"]').focus();
    const first = await focused.getAttribute('aria-label');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused.getAttribute('aria-label')).not.toBe(first);
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => focused.getAttribute('aria-label')).toBe(first);
    await page.keyboard.press('Enter');
    await page.locator('aside.drawer').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('aside.drawer').waitFor({ state: 'detached' });
    const legend = page.getByRole('list', { name: 'What the colours mean' });
    await legend.getByText('program').waitFor();
    await page.getByRole('button', { name: 'By protocol' }).click();
    await legend.getByText('modbus').waitFor();
    await page.locator('.matrix-cells .stripe').first().waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('colours')).toBe('protocol');
    expect(troubles).toEqual([]);
  });

  test('lists are walked by the arrow keys and searched', async () => {
    const { page, troubles } = await open('/findings');
    const titles = page.locator('.finding-list button.link');
    await titles.first().focus();
    await page.keyboard.press('ArrowDown');
    await titles.nth(1).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('ArrowUp');
    await titles.first().and(page.locator(':focus')).waitFor();
    await page.getByRole('searchbox', { name: 'Search the findings' }).fill('no such thing');
    await page.getByText('No finding is like that').waitFor();
    await page.getByRole('button', { name: 'Remove the filter text: no such thing' }).click();
    await titles.first().waitFor();
    await page.goto(`${service.url}/zones`);
    const zones = page.locator('.zone-entry a');
    await zones.first().focus();
    await page.keyboard.press('ArrowDown');
    await zones.nth(1).and(page.locator(':focus')).waitFor();
    expect(troubles).toEqual([]);
  });

  test('the columns of a list are chosen, kept, and those of its file', async () => {
    const { page, troubles } = await open('/findings');
    const heads = async () => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'CSV' }).click(),
      ]);
      const [first = '', ...rest] = readFileSync(await download.path(), 'utf8').split('\r\n');
      expect(rest.length).toBeGreaterThan(1);
      return first.split(',');
    };
    const choose = async (column: string) => {
      await page.locator('summary', { hasText: 'Columns' }).click();
      await page.getByRole('checkbox', { name: column, exact: true }).click();
      await page.locator('summary', { hasText: 'Columns' }).click();
    };
    await page.locator('.finding-list').waitFor();
    expect(await heads()).toEqual(['Title', 'Severity', 'Why', 'Zones', 'Assets', 'Requirement', 'To do']);
    await choose('Why');
    await choose('May disturb');
    await page.getByText('May disturb:').first().waitFor();
    await page.reload();
    await page.getByText('May disturb:').first().waitFor();
    expect(await heads()).toEqual(['Title', 'Severity', 'Zones', 'Assets', 'Requirement', 'To do', 'May disturb']);

    await page.getByRole('button', { name: /^Violations/ }).click();
    const table = page.getByRole('table', { name: 'Violations' });
    await table.waitFor();
    await choose('Packets');
    await table.getByRole('columnheader', { name: 'Packets' }).waitFor();
    const shown = await table.getByRole('columnheader').allInnerTexts();
    expect(await heads()).toEqual(shown.map((heading) => heading.trim()));
    await table.getByRole('button', { name: 'Protocol' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('protocol');

    await page.goto(`${service.url}/events`);
    await page.getByRole('table', { name: 'Events' }).waitFor();
    expect(await heads()).toEqual(['When', 'Severity', 'Kind', 'What', 'Asset']);
    await page.goto(`${service.url}/captures`);
    await page.getByRole('heading', { name: 'demo.pcap' }).waitFor();
    expect(await heads()).toContain('SHA-256');
    expect(troubles).toEqual([]);
  });

  test('an overloaded service is asked again when it said so, and not for ever', async () => {
    const { page, troubles } = await open('/sensor');
    let refusals = 0;
    await page.route('**/api/v1/assets?*', async (route) => {
      if (refusals >= 2) return route.continue();
      refusals++;
      await route.fulfill({ status: 503, headers: { 'retry-after': '0' }, json: { code: 'UNAVAILABLE' } });
    });
    await page.getByRole('link', { name: 'Assets' }).click();
    await page.locator('tbody tr[data-row]').first().waitFor();
    expect(refusals).toBe(2);

    await page.route('**/api/v1/events?*', (route) =>
      route.fulfill({
        status: 503,
        headers: { 'retry-after': '60' },
        json: { code: 'UNAVAILABLE', detail: 'much to do' },
      }),
    );
    await page.getByRole('link', { name: 'Events' }).click();
    await page.getByText('much to do').waitFor();
    await page.unroute('**/api/v1/events?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('table', { name: 'Events' }).waitFor();
    expect(troubles).toEqual([]);
  });

  test(
    'when the service stops, the page says so; when it is back, so is the page',
    async () => {
      const { page, troubles } = await open('/assets', UNANSWERED);
      await page.locator('tbody tr[data-row]').first().waitFor();
      await service.stop();
      await page.getByText('Connection lost: what is shown may be old').waitFor();
      await page.locator('tbody tr[data-row]').first().waitFor(); // what was there stays
      await page.getByRole('link', { name: 'Events', exact: true }).click();
      await page.getByRole('alert').waitFor();
      await service.start();
      await page.getByText('Connection lost').waitFor({ state: 'detached' });
      await page.getByRole('alert').waitFor({ state: 'detached' });
      expect(troubles).toEqual([]);
    },
    PATIENCE,
  );
});

describe.skipIf(withoutChromium())('a service without captures that asks for a token', () => {
  const service = new PageService(['--require-token', 'yes']);
  let browser: Browser;
  let context: BrowserContext;
  let token: string;

  beforeAll(async () => {
    const { stdout } = await runCommand(service.folder, [
      'token',
      'add',
      'Ana',
      '--role',
      'analyst',
      '--db',
      service.db,
    ]);
    token = /fm_\S+/.exec(stdout)?.[0] as string;
    [browser] = await Promise.all([launch(), service.start()]);
    context = await browser.newContext(CONTEXT);
  });
  afterAll(async () => {
    await browser?.close();
    await service.close();
  });

  test(
    'one signs in; each view says what to do next; nothing is kept when the tab is closed',
    async () => {
      const { page, troubles } = await watchedPage(context, service.url, REFUSED);
      page.setDefaultTimeout(15_000);
      await page.goto(`${service.url}/captures`);
      await page.getByLabel('Token').fill('fm_wrong');
      await page.evaluate(AXE);
      expect(await seriousIssues(page)).toEqual([]);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('The service did not accept that token.').waitFor();
      await page.getByLabel('Token').fill(token);
      await page.keyboard.press('Enter');
      await page.getByText('Drop a capture here').waitFor();
      const empty = [
        ['/', /./],
        ['/map', 'Nothing has been heard yet'],
        ['/assets', 'Nothing has been heard yet'],
        ['/matrix', 'Nobody has talked to anybody yet'],
        ['/zones', 'There are no zones yet'],
        ['/findings', 'Nothing was found'],
        ['/events', 'Nothing has happened'],
        ['/assessment', 'There is nothing to assess yet'],
        ['/sensor', 'Nothing is listened to'],
        ['/nowhere', 'There is no such page'],
      ] as const;
      for (const [path, words] of empty) {
        await page.goto(`${service.url}${path}`);
        await page.locator('main').getByText(words).first().waitFor();
        await page.evaluate(AXE);
        expect(await seriousIssues(page), path).toEqual([]);
      }
      expect(troubles).toEqual([]);
      await page.close();

      const next = await watchedPage(context, service.url, REFUSED);
      await next.page.goto(service.url);
      await next.page.getByLabel('Token').waitFor();
      expect(next.troubles).toEqual([]);
    },
    PATIENCE,
  );
});

/** What axe-core finds, in a line each. @param rules those alone */
async function seriousIssues(page: Page, rules?: readonly string[]): Promise<string[]> {
  const options = rules === undefined ? {} : { runOnly: rules };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
}
