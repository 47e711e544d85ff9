/** The map of a plant of 402 assets: what it draws, what it keeps, and that it changes what it must and nothing else. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePcap } from '../../fixtures/plant/capture/pcap.ts';
import { MemorySink } from '../../fixtures/plant/capture/sink.ts';
import { manyCells } from '../../fixtures/plant/scenarios/many-cells.ts';
import { simulate } from '../../fixtures/plant/simulation.ts';
import { launch, withoutChromium } from './chromium.ts';
import { type WatchedPage, watchedPage } from './eyes.ts';
import { PageService } from './service.ts';

const PLANTS = [
  ['cells in networks of their own', manyCells({ cells: 50, stations: 6, seconds: 6 })],
  ['cells on one network', manyCells({ cells: 50, stations: 6, seconds: 6, routed: false })],
] as const;

/** A new look is spread over frames, and a busy machine draws few. */
const PATIENCE = { timeout: 30_000 };

describe.skipIf(withoutChromium()).each(PLANTS)('the map of 402 assets, %s', (_name, scenario) => {
  const service = new PageService();
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    [browser] = await Promise.all([launch(), service.start()]);
    const { startSeconds, frames } = simulate(scenario);
    const sink = new MemorySink();
    writePcap(sink, startSeconds, frames);
    await service.read('many-cells.pcap', sink.bytes());
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
    watched = await watchedPage(context, service.url);
    page = watched.page;
  });
  afterAll(async () => {
    await browser?.close();
    await service.close();
  });

  /** @param what is asked of the drawing, as `cy` */
  function drawing<T>(what: string): Promise<T> {
    return page.evaluate<T>(`((cy) => ${what})(document.querySelector('.map-box')._cyreg.cy)`);
  }
  const count = (selector: string) => drawing<number>(`cy.elements('${selector}').length`);
  const shown = (selector: string) => drawing<number>(`cy.elements('${selector}').filter(':visible').length`);

  async function open(path: string): Promise<void> {
    await page.goto(`${service.url}${path}`);
    await page.locator('.map-box canvas').first().waitFor();
    await expect.poll(() => count('.asset'), PATIENCE).toBe(402);
  }

  /** Where on the screen an asset is drawn. */
  async function placeOf(role: string): Promise<{ id: string; x: number; y: number }> {
    const place = await drawing<{ id: string; x: number; y: number }>(
      `({ id: cy.nodes('.asset[role="${role}"]').first().data('asset'), ...cy.nodes('.asset[role="${role}"]').first().renderedPosition() })`,
    );
    const box = await page.locator('.map-box').boundingBox();
    return { id: place.id, x: place.x + (box?.x ?? 0), y: place.y + (box?.y ?? 0) };
  }

  test('no zone lies on another, and every asset lies in its own', async () => {
    await open('/map');
    const overlaps = await drawing<string[]>(`(() => {
      const boxes = cy.nodes('.zone').map((zone) => ({ id: zone.id(), ...zone.boundingBox({ includeLabels: false }) }));
      return boxes.flatMap((a) => boxes.filter((b) => a.id < b.id && a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2)
        .map((b) => a.id + ' ' + b.id));
    })()`);
    expect(overlaps).toEqual([]);
    expect(
      await drawing<boolean>(`cy.nodes('.asset').every((asset) => asset.parent().data('zone') === asset.data('zone'))`),
    ).toBe(true);
  });

  test('from afar zones and conduits are drawn, from near what assets say', async () => {
    const zoom = (level: number) => drawing(`void cy.zoom(${level})`);
    await zoom(0.1);
    await expect.poll(() => shown('.pair.near'), PATIENCE).toBe(0);
    expect(await shown('.conduit')).toBeGreaterThan(0);
    await zoom(1.5);
    await expect.poll(() => shown('.pair.near'), PATIENCE).toBeGreaterThan(0);
    await zoom(0.1);
    await expect.poll(() => shown('.pair.near'), PATIENCE).toBe(0);
    await page.getByRole('button', { name: 'All of the map' }).click();
    expect(watched.troubles).toEqual([]);
  });

  test('a filter leaves what it asks for, in the address too', async () => {
    await page.getByRole('combobox', { name: 'Any access' }).selectOption('write');
    await expect.poll(() => count('.pair.out'), PATIENCE).toBeGreaterThan(0);
    expect(await drawing<number>(`cy.edges('.pair').not('.out').filter('[access="read"]').length`)).toBe(0);
    expect(new URL(page.url()).searchParams.get('access')).toBe('write');
    await page.getByRole('combobox', { name: 'Any access' }).selectOption('');
    await expect.poll(() => count('.out'), PATIENCE).toBe(0);
  });

  test('a new theme reaches every element, and draws none anew', async () => {
    await drawing(`void cy.elements().scratch('before', true)`);
    const colour = () => drawing<string>(`cy.nodes('.asset').last().style('background-color')`);
    const light = await colour();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => drawing<number>(`cy.elements().not('.dark').length`), PATIENCE).toBe(0);
    await expect.poll(colour, PATIENCE).not.toBe(light);
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(() => count('.dark'), PATIENCE).toBe(0);
    await expect.poll(colour, PATIENCE).toBe(light);
    expect(await drawing<boolean>(`cy.elements().every((element) => element.scratch('before') === true)`)).toBe(true);
  });

  test('a picture takes the styles that are known: none is worked out for it', async () => {
    await open('/map');
    await expect.poll(() => count('.asset.far'), PATIENCE).toBe(402);
    const styled = await drawing<number>(`new Promise((resolve) => {
      let styled = 0;
      let pictures = 0;
      cy.on('style', () => styled++);
      cy.on('render', () => {
        if (++pictures === 3) resolve(styled);
        else setTimeout(() => cy.panBy({ x: 1, y: 0 }));
      });
      cy.panBy({ x: 1, y: 0 });
    })`);
    expect(styled).toBe(0);
  });

  test('what the reader drags stays where it was put, until everything is put back', async () => {
    const position = () => drawing<{ x: number; y: number }>(`cy.nodes('.asset[role="plc"]').first().position()`);
    const before = await position();
    const from = await placeOf('plc');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 12, from.y + 9, { steps: 4 });
    await page.mouse.up();
    await expect.poll(position, PATIENCE).not.toEqual(before);
    const put = await position();
    await open('/map');
    await expect.poll(position, PATIENCE).toEqual(put);
    await page.getByRole('button', { name: 'Put everything back in its place' }).click();
    await expect.poll(position, PATIENCE).toEqual(before);
  });

  test('the arrangement by traffic stands in the address', async () => {
    const position = () => drawing<{ x: number; y: number }>(`cy.nodes('.asset[role="plc"]').first().position()`);
    const before = await position();
    await page.getByRole('combobox', { name: 'Layout' }).selectOption('force');
    await expect.poll(() => shown('.band'), PATIENCE).toBe(0);
    await page.reload();
    await expect.poll(() => count('.asset'), PATIENCE).toBe(402);
    await expect.poll(() => shown('.band'), PATIENCE).toBe(0);
    await page.getByRole('combobox', { name: 'Layout' }).selectOption('purdue');
    await expect.poll(position, PATIENCE).toEqual(before);
    expect(watched.troubles).toEqual([]);
  });

  test('what is chosen lights what it talks to, and stays in sight beside the drawer', async () => {
    await drawing(`void (cy.zoom(1), cy.center(cy.nodes('.asset[role="plc"]').first()))`);
    await expect.poll(() => count('.asset.far'), PATIENCE).toBe(0);
    const { id, x, y } = await placeOf('plc');
    await page.mouse.click(x, y);
    await page.locator('aside.drawer').waitFor();
    expect(new URL(page.url()).searchParams.get('asset')).toBe(id);
    await expect.poll(() => count('.pair.pinned'), PATIENCE).toBeGreaterThan(0);
    expect(await shown('.pair.pinned')).toBe(await count('.pair.pinned'));
    const drawer = await page.locator('aside.drawer').boundingBox();
    expect((await placeOf('plc')).x).toBeLessThan(drawer?.x ?? 0);
    await page.keyboard.press('Escape');
    await expect.poll(() => count('.pinned'), PATIENCE).toBe(0);
    expect(watched.troubles).toEqual([]);
  });

  test('it is saved as a drawing and as a picture', async () => {
    await open('/map');
    await drawing('void cy.zoom(1)');
    await expect.poll(() => count('.asset.far'), PATIENCE).toBe(0);
    for (const [button, name] of [
      ['As a drawing (SVG)', 'fieldmark-map.svg'],
      ['As a picture (PNG)', 'fieldmark-map.png'],
    ] as const) {
      const menu = page.locator('details.menu[open]', { hasText: button });
      if ((await menu.count()) === 0) await page.getByLabel('Save the map').click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(name);
      if (!name.endsWith('.svg')) continue;
      const svg = await readFile(await download.path(), 'utf8');
      expect(svg.match(/href="data:image\/svg/g)).toHaveLength(402);
      expect(svg).not.toContain('blob:'); // of this page only
    }
    expect(watched.troubles).toEqual([]);
  });
});
