/** The map of a plant of 400 assets: what is done on it must not keep the page from drawing. */
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
const PATIENCE = { timeout: 15_000 };

/** Tasks of 50 ms and more (W3C Long Tasks), and the longest time between two frames. */
const MEASURE = `
  globalThis.longTasks = [];
  globalThis.longestFrame = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  }).observe({ type: 'longtask' });
  let before = performance.now();
  requestAnimationFrame(function frame(now) {
    longestFrame = Math.max(longestFrame, now - before);
    before = now;
    requestAnimationFrame(frame);
  });`;

describe.skipIf(withoutChromium()).each(PLANTS)('the map of 402 assets, %s', (_name, scenario) => {
  const service = new PageService();
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  const figures: string[] = [];

  beforeAll(async () => {
    [browser] = await Promise.all([launch(), service.start()]);
    const { startSeconds, frames } = simulate(scenario);
    const sink = new MemorySink();
    writePcap(sink, startSeconds, frames);
    await service.read('many-cells.pcap', sink.bytes());
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    watched = await watchedPage(context, service.url);
    page = watched.page;
  });
  afterAll(async () => {
    console.log(figures.join('\n'));
    await browser?.close();
    await service.close();
  });

  /** Does something, and notes what it cost. */
  async function measured(what: string, act: () => Promise<unknown>): Promise<void> {
    await page.evaluate('longTasks.length = 0, longestFrame = 0');
    await act();
    await page.waitForTimeout(300);
    const [tasks, frame] = await page.evaluate<[number[], number]>('[longTasks, longestFrame]');
    const longest = Math.round(Math.max(0, ...tasks));
    figures.push(
      `${what}: longest task ${longest} ms (${tasks.length} of 50 ms), longest frame ${Math.round(frame)} ms`,
    );
  }

  test('hover, zoom, pan, drag, click and filter', async () => {
    await page.goto(`${service.url}/map`);
    await page.evaluate(MEASURE);
    await page.locator('.map-box canvas').first().waitFor();
    const box = await page.locator('.map-box').boundingBox();
    if (box === null) throw new Error('the map is not there');
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(middle.x, middle.y);
    await page.waitForTimeout(1000); // it is drawn first

    await measured('hover', async () => {
      for (let step = 0; step <= 12; step++) {
        await page.mouse.move(box.x + (step / 12) * box.width, middle.y, { steps: 4 });
        await page.waitForTimeout(100);
      }
    });
    const wheel = async (steps: number, delta: number) => {
      await page.mouse.move(middle.x, middle.y);
      for (let step = 0; step < steps; step++) {
        await page.mouse.wheel(0, delta);
        await page.waitForTimeout(40);
      }
    };
    const pan = async () => {
      await page.mouse.move(box.x + 6, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + 200, box.y + 160, { steps: 20 });
      await page.mouse.up();
    };
    await measured('pan, all in sight', pan);
    await measured('wheel in', () => wheel(20, -120));
    await measured('pan, from near', pan);
    await measured('wheel out', () => wheel(20, 120));
    await page.getByRole('button', { name: 'All of the map' }).click();
    await measured('click', async () => {
      await clickAsset(page, 'plc');
      await page.locator('aside.drawer').waitFor();
    });
    await measured('close', () => page.keyboard.press('Escape'));
    await measured('filter', () => page.getByRole('combobox', { name: 'Any access' }).selectOption('write'));
    await measured('no filter', () => page.getByRole('combobox', { name: 'Any access' }).selectOption(''));
    await measured('theme', () => page.getByRole('button', { name: /^Theme/ }).click());
    expect(watched.troubles).toEqual([]);
  });

  test('from afar zones and conduits are drawn, from near what assets say', async () => {
    const shown = (selector: string) =>
      page.evaluate<number>(
        `document.querySelector('.map-box')._cyreg.cy.elements('${selector}').filter(':visible').length`,
      );
    const zoom = (level: number) =>
      page.evaluate(`document.querySelector('.map-box')._cyreg.cy.zoom(${level}), undefined`);
    await zoom(0.1);
    await expect.poll(() => shown('.pair.near'), PATIENCE).toBe(0);
    expect(await shown('.conduit')).toBeGreaterThan(0);
    await zoom(1.5);
    await expect.poll(() => shown('.pair.near'), PATIENCE).toBeGreaterThan(0);
    await zoom(0.1);
    await expect.poll(() => shown('.pair.near'), PATIENCE).toBe(0);
    expect(watched.troubles).toEqual([]);
  });
});

async function clickAsset(page: Page, role: string): Promise<void> {
  const [x, y] = await page.evaluate<[number, number]>(`(() => {
    const box = document.querySelector('.map-box');
    const { left, top } = box.getBoundingClientRect();
    const { x, y } = box._cyreg.cy.nodes('.asset[role="${role}"]').first().renderedPosition();
    return [left + x, top + y];
  })()`);
  await page.mouse.click(x, y);
}
