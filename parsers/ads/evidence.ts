/** What TwinCAT systems say of themselves. */
import { u8, u16le, u32le } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { text } from '../text.ts';

/** Indices into EVIDENCE. */
export const Source = {
  deviceName: 0,
  deviceVersion: 1,
  netId: 2,
  hostName: 3,
  twinCat: 4,
  os: 5,
  vendor: 6,
  password: 7,
  state: 8,
} as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'ads.device-info.name',
    words: 'ADS ReadDeviceInfo answer, device name',
    field: 'module',
    confidence: 0.9,
    render: deviceName,
  },
  {
    name: 'ads.device-info.version',
    words: 'ADS ReadDeviceInfo answer, version and build',
    field: 'firmware',
    confidence: 0.7,
    render: deviceVersion,
  },
  { name: 'ads.ams-net-id', words: 'AMS header, source AMSNetId', field: 'address', confidence: 0.7, render: netId },
  {
    name: 'ads.discovery.host-name',
    words: 'ADS discovery answer, host name',
    field: 'name',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'ads.discovery.twincat-version',
    words: 'ADS discovery answer, TwinCAT version',
    field: 'firmware',
    confidence: 0.9,
    render: twinCat,
  },
  {
    name: 'ads.discovery.os-version',
    words: 'ADS discovery answer, OS version',
    field: 'os',
    confidence: 0.9,
    render: os,
  },
  { name: 'ads.answer', words: 'ADS answer, sender', field: 'vendor', confidence: 0.6, render: () => 'Beckhoff' },
  {
    name: 'ads.add-route',
    words: 'ADS Add Route, login',
    field: 'protection',
    confidence: 0.8,
    render: () => 'a route was added with a password in clear text',
  },
  { name: 'ads.state', words: 'ADS ReadState answer, ADS state', field: 'state', confidence: 0.8, render: state },
];

/** Version (major, minor, build), then the name. */
function deviceName(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at + 4, end);
  return name === null ? null : `${name} ${version(b, at)}`;
}

function deviceVersion(b: Uint8Array, at: number): string | null {
  return version(b, at) === '0.0.0' ? null : version(b, at);
}

function version(b: Uint8Array, at: number): string {
  return `${u8(b, at)}.${u8(b, at + 1)}.${u16le(b, at + 2)}`;
}

function netId(b: Uint8Array, at: number, end: number): string | null {
  const numbers: number[] = [];
  for (let i = at; i < end; i++) numbers.push(u8(b, i));
  return numbers.every((n) => n === 0) ? null : `AMS NetId ${numbers.join('.')}`;
}

function twinCat(b: Uint8Array, at: number): string {
  return `TwinCAT ${version(b, at)}`;
}

const WINDOWS_CE = 3;
const WINDOWS_NT = 2;

/** As Windows tells it: size, major, minor, build, platform, service pack. */
function os(b: Uint8Array, at: number): string | null {
  const number = `${u32le(b, at + 4)}.${u32le(b, at + 8)}`;
  const build = u32le(b, at + 12);
  switch (u32le(b, at + 16)) {
    case WINDOWS_NT:
      return `Windows NT ${number}.${build}`;
    case WINDOWS_CE:
      return `Windows CE ${number}`;
    default:
      return null;
  }
}

/** ADS states (TcAdsDef.h, nAdsState). */
const STATES: ReadonlyMap<number, string> = new Map([
  [4, 'start'],
  [5, 'run'],
  [6, 'stop'],
  [7, 'save configuration'],
  [8, 'load configuration'],
  [9, 'power failure'],
  [11, 'error'],
  [13, 'suspend'],
  [14, 'resume'],
  [15, 'configuration mode'],
  [16, 'reconfiguration'],
]);

function state(b: Uint8Array, at: number): string | null {
  return STATES.get(u16le(b, at)) ?? null;
}
