/**
 * Colours of reports and diagrams, told apart by colour-blind eyes too (after Okabe and Ito, "Color Universal Design").
 * No colour stands alone: a word, a shape or a letter always says the same. Text on its fill has a contrast of 4.5 at least.
 */
import type { Access } from '../../parsers/protocol.ts';
import type { Severity } from '../severity.ts';
import type { ZoneKind } from '../zones/zone.ts';
import type { DiagramEdge } from './diagrams/diagram.ts';

interface Paint {
  readonly fill: string;
  readonly line: string;
}

export interface Palette {
  readonly page: string;
  readonly surface: string;
  readonly raised: string;
  readonly text: string;
  readonly muted: string;
  readonly rule: string;
  readonly accent: string;
  readonly kinds: Readonly<Record<ZoneKind | 'none', Paint>>;
  readonly verdicts: Readonly<Record<DiagramEdge['verdict'], string>>;
  readonly severities: Readonly<Record<Severity, Paint>>;
  /** Shades of a matrix, from what leaves a process as it is to what changes it most; `line` is the text on them. */
  readonly accesses: Readonly<Record<Access, Paint>>;
  readonly good: Paint;
}

export const LIGHT: Palette = {
  page: '#ffffff',
  surface: '#f5f7f9',
  raised: '#eaeef2',
  text: '#17202a',
  muted: '#55616e',
  rule: '#d3dae1',
  accent: '#0b5cad',
  kinds: {
    enterprise: { fill: '#e4e9f0', line: '#56657a' },
    dmz: { fill: '#fdf1cf', line: '#8f6200' },
    supervisory: { fill: '#dcebfb', line: '#1664ab' },
    control: { fill: '#d9f2e6', line: '#0b6e4f' },
    safety: { fill: '#f8dff0', line: '#9c1f72' },
    field: { fill: '#f0e4d8', line: '#7a4a22' },
    remote: { fill: '#fde3d1', line: '#a8430a' },
    external: { fill: '#ffffff', line: '#17202a' },
    none: { fill: '#f5f7f9', line: '#55616e' },
  },
  verdicts: { allowed: '#0b6e4f', proposed: '#5b6b7d', violating: '#c0261f' },
  severities: {
    low: { fill: '#e4e9f0', line: '#45525f' },
    medium: { fill: '#fdf1cf', line: '#765000' },
    high: { fill: '#fde3d1', line: '#983a06' },
    critical: { fill: '#fbdad7', line: '#a31712' },
  },
  accesses: {
    session: { fill: '#eef2f6', line: '#17202a' },
    diagnostic: { fill: '#dfe8f1', line: '#17202a' },
    read: { fill: '#c3d9ee', line: '#17202a' },
    write: { fill: '#f5c66b', line: '#17202a' },
    control: { fill: '#d9601a', line: '#000000' },
    program: { fill: '#8d1d5f', line: '#ffffff' },
  },
  good: { fill: '#d9f2e6', line: '#0b6e4f' },
};

export const DARK: Palette = {
  page: '#12171d',
  surface: '#1a2129',
  raised: '#242d37',
  text: '#e6ebf0',
  muted: '#a3b0bd',
  rule: '#36424e',
  accent: '#7cb8f5',
  kinds: {
    enterprise: { fill: '#2a3440', line: '#a9b8c9' },
    dmz: { fill: '#3b3010', line: '#ecc252' },
    supervisory: { fill: '#16304a', line: '#7cb8f5' },
    control: { fill: '#123527', line: '#62cfa2' },
    safety: { fill: '#3f1a33', line: '#f09ad0' },
    field: { fill: '#382819', line: '#d9ab80' },
    remote: { fill: '#432413', line: '#f7a673' },
    external: { fill: '#12171d', line: '#e6ebf0' },
    none: { fill: '#1a2129', line: '#a3b0bd' },
  },
  verdicts: { allowed: '#62cfa2', proposed: '#a3b0bd', violating: '#ff8178' },
  severities: {
    low: { fill: '#2a3440', line: '#c3ced9' },
    medium: { fill: '#3b3010', line: '#ecc252' },
    high: { fill: '#432413', line: '#f7a673' },
    critical: { fill: '#48191a', line: '#ff9d96' },
  },
  accesses: {
    session: { fill: '#232c36', line: '#e6ebf0' },
    diagnostic: { fill: '#263747', line: '#e6ebf0' },
    read: { fill: '#254b70', line: '#ffffff' },
    write: { fill: '#8a6410', line: '#ffffff' },
    control: { fill: '#e0732e', line: '#000000' },
    program: { fill: '#e88cc4', line: '#000000' },
  },
  good: { fill: '#123527', line: '#62cfa2' },
};
