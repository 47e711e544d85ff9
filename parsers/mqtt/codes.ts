/** Packet types of MQTT (section 2.1.2), and what they tell. */
import { u8 } from '../bytes.ts';
import type { EvidenceSource, Operation } from '../protocol.ts';
import { text } from '../text.ts';

export const Packet = {
  connect: 1,
  connectAck: 2,
  publish: 3,
  subscribe: 8,
  subscribeAck: 9,
  unsubscribe: 10,
  unsubscribeAck: 11,
  pingRequest: 12,
  pingResponse: 13,
  disconnect: 14,
  auth: 15,
  /** Not of the specification: a PUBLISH from the broker, and one that carries a Sparkplug command. */
  deliver: 16,
  command: 17,
} as const;

/** What the decoder's operation number means. */
export function operation(number: number): Operation {
  switch (number) {
    case Packet.connect:
      return { code: 'connect', name: 'CONNECT', access: 'session' };
    case Packet.publish:
      return { code: 'publish', name: 'PUBLISH', access: 'write' };
    case Packet.deliver:
      return { code: 'publish.to-client', name: 'PUBLISH to the client', access: 'read' };
    case Packet.command:
      return { code: 'publish.command', name: 'PUBLISH of a Sparkplug command', access: 'control' };
    case Packet.subscribe:
      return { code: 'subscribe', name: 'SUBSCRIBE', access: 'read' };
    case Packet.unsubscribe:
      return { code: 'unsubscribe', name: 'UNSUBSCRIBE', access: 'session' };
    case Packet.pingRequest:
      return { code: 'pingreq', name: 'PINGREQ', access: 'session' };
    case Packet.disconnect:
      return { code: 'disconnect', name: 'DISCONNECT', access: 'session' };
    default:
      return { code: `${number}`, name: 'AUTH', access: 'session' };
  }
}

/** Indices into EVIDENCE. */
export const Source = { version: 0, login: 1, clientId: 2, sparkplug: 3 } as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'mqtt.level', words: 'MQTT CONNECT, protocol level', field: 'note', confidence: 0.8, render: version },
  {
    name: 'mqtt.login',
    words: 'MQTT CONNECT, user name and password',
    field: 'protection',
    confidence: 0.9,
    render: () => 'cleartext login (MQTT)',
  },
  { name: 'mqtt.client-id', words: 'MQTT CONNECT, client identifier', field: 'name', confidence: 0.5, render: text },
  { name: 'mqtt.sparkplug', words: 'MQTT PUBLISH, Sparkplug topic', field: 'note', confidence: 0.8, render: sparkplug },
];

function version(b: Uint8Array, at: number): string | null {
  const name = ['3.1', '3.1.1', '5.0'][u8(b, at) - 3];
  return name === undefined ? null : `MQTT ${name}`;
}

/** `spBv1.0/group/type/node[/device]`. */
function sparkplug(b: Uint8Array, at: number, end: number): string | null {
  const [, group, , node] = (text(b, at, end) ?? '').split('/');
  return group === undefined || node === undefined ? null : `Sparkplug B node ${node} of group ${group}`;
}
