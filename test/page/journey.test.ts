/** The way through the page that it is made for, from a capture to a policy that holds and a report. */
import { readFileSync } from 'node:fs';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, withoutChromium } from './chromium.ts';
import { type WatchedPage, watchedPage } from './eyes.ts';
import { DEMO, PageService } from './service.ts';

/** Of a pcap file's header, and of each record's (draft-ietf-opsawg-pcap). */
const FILE_HEADER = 24;
const RECORD_HEADER = 16;

describe.skipIf(withoutChromium())('from a capture to a report', () => {
  const service = new PageService();
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  /** The path of the asset's page, and the id of the zone it was moved to. */
  let moved = { asset: '', zone: '' };

  beforeAll(async () => {
    [browser] = await Promise.all([launch(), service.start()]);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
    watched = await watchedPage(context, service.url);
    page = watched.page;
    page.setDefaultTimeout(15_000);
  });
  afterAll(async () => {
    await browser?.close();
    await service.close();
  });

  test('a capture is uploaded and read', async () => {
    await page.goto(service.url);
    await page.getByRole('link', { name: 'Captures' }).click();
    await page.getByText('Drop a capture here').waitFor();
    await page.locator('input[type=file]').setInputFiles(DEMO);
    const capture = page.getByRole('region', { name: 'demo.pcap', exact: true });
    await capture.getByText('read whole').waitFor();
    await capture.getByText('on the wire').waitFor();
    await page.locator('header.header').getByText('demo.pcap').waitFor();
    expect(watched.troubles).toEqual([]);
  });

  test('the map shows its assets; one that is clicked tells who it is', async () => {
    await page.getByRole('link', { name: 'Map', exact: true }).click();
    await page.locator('.map-box canvas').first().waitFor();
    const { id, x, y } = await placeOnMap(page, 'plc');
    await page.mouse.click(x, y);
    await page.locator('aside.drawer').waitFor();
    expect(new URL(page.url()).searchParams.get('asset')).toBe(id);

    await page.keyboard.press('Escape');
    await page.locator('aside.drawer').waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.has('asset')).toBe(false);
    await page.goBack();
    await page.locator('aside.drawer').waitFor();
    await page.reload();
    await page.locator('aside.drawer').waitFor();
    expect(new URL(page.url()).searchParams.get('asset')).toBe(id);
    await page.getByRole('link', { name: 'All evidence, history and conversations' }).click();
    await page.getByRole('heading', { name: 'How it is known' }).waitFor();
    expect(watched.troubles).toEqual([]);
  });

  test('each statement leads to the frame that proves it', async () => {
    const link = page.getByRole('button', { name: /^frame / }).first();
    const [, number] = /Frame (\d+) of/.exec((await link.getAttribute('title')) ?? '') ?? [];
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe(`frame-${number}.pcap`);
    expect(await onlyFrame(download)).toEqual(frameOf(readFileSync(DEMO), Number(number)));
    expect(watched.troubles).toEqual([]);
  });

  test('an asset is moved into another zone: the draft says so, and it can be taken back', async () => {
    await page.getByRole('link', { name: 'Zones', exact: true }).click();
    await page
      .locator('.draft-bar')
      .getByText(/proposal/i)
      .waitFor();
    const chooser = page.getByRole('combobox', { name: /^Zone of / }).first();
    const asset = (await page.locator('tr[draggable=true] a').first().getAttribute('href')) as string;
    const from = await chooser.inputValue();
    const to = await anotherOption(chooser, from);
    await chooser.selectOption(to);
    await page.getByText('1 change not saved').waitFor();
    await page.getByText(/moves to/).waitFor();

    // a member is dropped on the zone in the list, as the mouse does it
    const member = page.locator('tr[draggable=true]').first();
    await member.dragTo(page.locator(`.zone-entry a[href="/zones/${to}"]`));
    await page.getByText('2 changes not saved').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('1 change not saved').waitFor();

    // the draft outlives a reload of the tab
    await page.reload();
    await page.getByText('1 change not saved').waitFor();
    moved = { asset, zone: to };
    expect(watched.troubles).toEqual([]);
  });

  test('a conduit is approved, with a reason', async () => {
    await page.locator('table a[href^="/zones?from="]').first().click();
    const conduit = page.getByRole('region', { name: /^Conduit / }).first();
    await conduit.getByRole('button', { name: 'Approve' }).click();
    const dialog = page.getByRole('dialog', { name: 'Approve this conduit' });
    await dialog.getByLabel('Reason').fill('the line cannot run without it');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await conduit.getByText('approved', { exact: true }).waitFor();
    await conduit.getByText('the line cannot run without it').waitFor();
    expect(watched.troubles).toEqual([]);
  });

  test('what a policy forbids is flagged; when it is allowed, the violation is gone', async () => {
    const conduit = page.getByRole('region', { name: /^Conduit / }).first();
    await conduit.getByRole('button', { name: 'Forbid' }).first().click();
    await page.getByRole('heading', { name: 'Flagged in the traffic that was heard' }).waitFor();
    await savePolicy(page, 'not without a reason');
    await page.getByRole('link', { name: 'Findings', exact: true }).click();
    await page.getByRole('button', { name: /^Violations [1-9]/ }).click();
    await page.getByRole('table', { name: 'Violations' }).locator('tr[data-row] td').first().click();
    await page.locator('aside.drawer').getByRole('link', { name: 'Decide about this border' }).click();

    const allow = page.getByRole('button', { name: 'Allow', exact: true });
    await allow.first().waitFor();
    while ((await allow.count()) > 0) {
      const before = await allow.count();
      await allow.first().click();
      await expect.poll(() => allow.count()).toBeLessThan(before);
    }
    await savePolicy(page, 'it is needed after all');
    await page.getByRole('link', { name: 'Findings', exact: true }).click();
    await page.getByRole('button', { name: 'Violations 0' }).click();
    await page.getByText('No violation').waitFor();

    // the asset that was moved before is where it was moved to
    await page.goto(`${service.url}${moved.asset}`);
    await page.getByRole('region', { name: 'Place' }).locator(`a[href="/zones/${moved.zone}"]`).waitFor();
    expect(watched.troubles).toEqual([]);
  });

  test('the report is downloaded: one file that needs nothing else', async () => {
    await page.getByRole('link', { name: 'Assessment', exact: true }).click();
    await page.getByText('Download', { exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Report (HTML, one file)' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('fieldmark-report.html');
    expect(watched.troubles).toEqual([]);

    // read from the disk, by a browser without a network
    const context = await browser.newContext({ offline: true });
    const report = await watchedPage(context, 'null');
    const requested: string[] = [];
    report.page.on('request', (request) => requested.push(request.url()));
    const path = `${service.folder}/report.html`;
    await download.saveAs(path);
    await report.page.goto(`file://${path}`);
    await report.page.getByRole('heading', { level: 1 }).first().waitFor();
    expect(await report.page.locator('body').innerText()).toContain('demo.pcap');
    expect(requested.filter((url) => !url.startsWith('data:'))).toEqual([`file://${path}`]);
    expect(report.troubles).toEqual([]);
    await context.close();
  });
});

interface Place {
  /** Of the asset. */
  readonly id: string;
  /** In the page's viewport. */
  readonly x: number;
  readonly y: number;
}

/** Where on the screen the map draws the first asset of a role. */
async function placeOnMap(page: Page, role: string): Promise<Place> {
  return page.evaluate<Place>(`(() => {
    const box = document.querySelector('.map-box');
    const node = box._cyreg.cy.nodes('.asset[role="${role}"]').first();
    const { left, top } = box.getBoundingClientRect();
    const { x, y } = node.renderedPosition();
    return { id: node.data('asset'), x: left + x, y: top + y };
  })()`);
}

async function anotherOption(select: ReturnType<Page['locator']>, than: string): Promise<string> {
  for (const option of await select.locator('option').all()) {
    const value = await option.getAttribute('value');
    if (value !== null && value !== than) return value;
  }
  throw new Error('there is one zone only');
}

/** Saves the draft as the policy, and waits until it holds. */
async function savePolicy(page: Page, reason: string): Promise<void> {
  await page.getByLabel('Reason for the change').fill(reason);
  await page.locator('.draft-bar button.primary').click();
  await page.getByText('This is the policy that holds').waitFor();
}

/** The bytes of the one frame of a downloaded capture. */
async function onlyFrame(download: Download): Promise<Buffer> {
  const capture = readFileSync((await download.path()) as string);
  const frame = frameOf(capture, 1);
  expect(capture.length).toBe(FILE_HEADER + RECORD_HEADER + frame.length);
  return frame;
}

/** @param number of the frame in the capture, from 1 */
function frameOf(capture: Buffer, number: number): Buffer {
  let at = FILE_HEADER;
  for (let frame = 1; ; frame++) {
    const length = capture.readUInt32LE(at + 8);
    const start = at + RECORD_HEADER;
    if (frame === number) return capture.subarray(start, start + length);
    at = start + length;
  }
}
