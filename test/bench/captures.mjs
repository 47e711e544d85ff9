/** The captures that are measured: written once to the temporary folder, and used again while they fit. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../api/setup.mjs';

export const FOLDER = join(tmpdir(), 'fieldmark-bench');

/** A capture of a plant of at least `bytes` bytes, and its truth. */
export async function plantCapture(bytes) {
  const { writeBench } = await import('../../dist/fixtures/plant/bench/bench.js');
  return written(`plant-${bytes}`, (path) => writeBench(path, bytes));
}

/** A capture of `packets` packets, nearly each a flow of its own. */
export async function hostileCapture(packets) {
  const { writeHostile } = await import('../../dist/fixtures/plant/bench/hostile.js');
  return written(`hostile-${packets}`, (path) => {
    writeHostile(path, packets);
    return { packets };
  });
}

/** Removes what was written. */
export function clean() {
  rmSync(FOLDER, { recursive: true, force: true });
}

function written(name, write) {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}.pcap`);
  const stampPath = join(FOLDER, `${name}.json`);
  const generator = generatorHash();
  const stamp = parsed(stampPath);
  if (stamp?.generator === generator && statSync(path, { throwIfNoEntry: false })?.size === stamp.size) {
    return { path, size: stamp.size, truth: stamp.truth };
  }
  rmSync(stampPath, { force: true }); // until the capture is whole again
  console.error(`Writing ${path} …`);
  const truth = write(path);
  const { size } = statSync(path);
  writeFileSync(stampPath, JSON.stringify({ generator, size, truth }));
  return { path, size, truth };
}

/** Of everything that decides what the captures hold. */
function generatorHash() {
  const hash = createHash('sha256');
  const folder = join(ROOT, 'fixtures/plant');
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.ts'));
  for (const name of names.sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

function parsed(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // not written yet
  }
}
