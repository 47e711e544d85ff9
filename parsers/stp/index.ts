/**
 * Spanning tree's bridge protocol data units, after IEEE 802.1Q-2018, clause 14, behind LLC (42 42 03), or behind SNAP
 * where Cisco sends one for each VLAN:
 *
 *   0          2         3      4       5      13     17       25     27
 *   | protocol | version | type | flags | root | cost | bridge | port | ages ...
 */

import { mac } from '../addresses.ts';
import { i32be, u8, u16be, u24be } from '../bytes.ts';
import {
  About,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';

const LLC = 0x424203;
const LLC_BYTES = 3;
/** SNAP, organisation 00000C, protocol 010B: Per-VLAN Spanning Tree. */
const SNAP_HIGH = 0xaaaa0300 | 0;
const SNAP_LOW = 0x000c010b;
const SNAP_BYTES = 8;

const VERSION = 2;
const TYPE = 3;
const FLAGS = 4;
const ROOT = 5;
const BRIDGE = 17;
const ID_BYTES = 8;
const HEADER_BYTES = 4;
const CONFIGURATION_BYTES = 27;

const Type = { configuration: 0x00, rapid: 0x02, topologyChange: 0x80 } as const;
const TOPOLOGY_CHANGE = 0x01;

/** Operation numbers; a configuration or rapid BPDU that reports a topology change has a number of its own. */
const OPERATIONS: readonly Operation[] = [
  { code: 'config', name: 'Configuration BPDU', access: 'session' },
  { code: 'rst', name: 'Rapid Spanning Tree BPDU', access: 'session' },
  { code: 'tcn', name: 'Topology Change Notification', access: 'session' },
  { code: 'tc', name: 'BPDU with topology change', access: 'session' },
];
const Bpdu = { configuration: 0, rapid: 1, topologyChange: 2, changing: 3 } as const;

const Source = { bridge: 0, bridgeAddress: 1, root: 2, deviceType: 3 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'stp.bridge-id',
    words: 'STP BPDU, Bridge Identifier',
    field: 'note',
    confidence: 0.9,
    render: (b, at) => `bridge id ${bridgeId(b, at)}`,
  },
  {
    name: 'stp.bridge-id.address',
    words: 'STP BPDU, Bridge Identifier: address',
    field: 'address',
    confidence: 0.8,
    render: (b, at) => mac(b, at),
  },
  {
    name: 'stp.root-id',
    words: 'STP BPDU, Root Identifier',
    field: 'note',
    confidence: 0.8,
    render: (b, at) => `spanning tree root ${bridgeId(b, at)}`,
  },
  { name: 'stp.bpdu', words: 'STP BPDU, sender', field: 'device-type', confidence: 0.8, render: () => 'bridge' },
];

export const stp: Protocol = {
  name: 'stp',
  tcpPorts: [],
  udpPorts: [],
  over: 'eth/llc',
  recognise: (b, at, end) => (bpduAt(b, at, end) < 0 ? Recognition.no : Recognition.certain),
  sender: () => Sender.unknown,
  open: (facts) => new StpDecoder(facts),
  operation: (code) => OPERATIONS[code] ?? (OPERATIONS[Bpdu.configuration] as Operation),
  space: () => '',
  evidence: EVIDENCE,
};

/** Where the BPDU begins, or -1 when none does. */
function bpduAt(b: Uint8Array, at: number, end: number): number {
  if (end - at < LLC_BYTES + HEADER_BYTES) return -1;
  let bpdu = at + LLC_BYTES;
  if (u24be(b, at) !== LLC) {
    bpdu = at + SNAP_BYTES;
    if (end - bpdu < HEADER_BYTES || i32be(b, at) !== SNAP_HIGH || i32be(b, at + 4) !== SNAP_LOW) return -1;
  }
  const type = u8(b, bpdu + TYPE);
  const known = type === Type.configuration || type === Type.rapid || type === Type.topologyChange;
  return u16be(b, bpdu) === 0 && u8(b, bpdu + VERSION) <= 4 && known ? bpdu : -1;
}

class StpDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    const bpdu = bpduAt(b, at, end);
    if (bpdu < 0) return Outcome.malformed;
    const type = u8(b, bpdu + TYPE);
    if (type === Type.topologyChange) {
      this.#facts.request(Bpdu.topologyChange, NO_UNIT);
      this.#tell(Source.deviceType, b, bpdu, bpdu + 2);
      return Outcome.ok;
    }
    if (end - bpdu < CONFIGURATION_BYTES) return Outcome.truncated;
    const changing = (u8(b, bpdu + FLAGS) & TOPOLOGY_CHANGE) !== 0;
    const steady = type === Type.rapid ? Bpdu.rapid : Bpdu.configuration;
    this.#facts.request(changing ? Bpdu.changing : steady, NO_UNIT);
    this.#tell(Source.deviceType, b, bpdu, bpdu + 2);
    this.#tell(Source.bridge, b, bpdu + BRIDGE, bpdu + BRIDGE + ID_BYTES);
    this.#tell(Source.bridgeAddress, b, bpdu + BRIDGE + 2, bpdu + BRIDGE + ID_BYTES);
    this.#tell(Source.root, b, bpdu + ROOT, bpdu + ROOT + ID_BYTES);
    return Outcome.ok;
  }

  #tell(source: number, b: Uint8Array, at: number, end: number): void {
    this.#facts.evidence(source, About.sender, NO_UNIT, b, at, end);
  }
}

/** Priority and system id extension, then the bridge's address. */
function bridgeId(b: Uint8Array, at: number): string {
  return `${u16be(b, at)}/${mac(b, at + 2) ?? '0'}`;
}
