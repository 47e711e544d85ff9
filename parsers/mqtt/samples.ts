import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const string = (value: string) => `${value.length.toString(16).padStart(4, '0')} ${asciiHex(value)}`;
const bytesIn = (digits: string) => digits.replace(/\s+/g, '').length / 2;
const packet = (type: string, content: string) =>
  `${type} ${bytesIn(content).toString(16).padStart(2, '0')} ${content}`;

export const samples: readonly Sample[] = [
  {
    title: 'connects with a password in clear, subscribes, publishes and is sent a message',
    origin: 'MQTT 3.1.1, sections 3.1, 3.2, 3.3, 3.8 and 3.12',
    messages: [
      ['client', packet('10', `${string('MQTT')} 04 c2 003c ${string('gw-17')} ${string('u')} ${string('p')}`)],
      ['server', '20 02 00 00'],
      ['client', packet('82', `0001 ${string('plant/+/set')} 01`)],
      ['server', '90 03 0001 01'],
      ['client', packet('30', `${string('plant/7/level')} 3432`)],
      ['server', packet('32', `${string('plant/7/set')} 0001 30`)],
      ['client', '40 02 0001'],
      ['client', 'c0 00'],
      ['server', 'd0 00'],
    ],
    operations: [
      'connect CONNECT (session): 1 requests, 1 responses, 0 refused',
      'subscribe SUBSCRIBE (read): 1 requests, 1 responses, 0 refused',
      'publish PUBLISH (write): 1 requests, 0 responses, 0 refused',
      'publish.to-client PUBLISH to the client (read): 1 requests, 0 responses, 0 refused',
      'pingreq PINGREQ (session): 1 requests, 1 responses, 0 refused',
    ],
    touches: [
      'subscribe: topic "plant/+/set"',
      'publish: topic "plant/7/level"',
      'publish.to-client: topic "plant/7/set"',
    ],
    evidence: [
      'note = MQTT 3.1.1 (mqtt.level, client)',
      'protection = cleartext login (MQTT) (mqtt.login, server)',
      'name = gw-17 (mqtt.client-id, client)',
    ],
  },
  {
    title: 'speaks Sparkplug over version 5, and commands',
    origin: 'MQTT 5.0, section 3.1; Sparkplug 3.0.0, section 4.1',
    messages: [
      ['client', packet('10', `${string('MQTT')} 05 02 003c 05 1100000010 ${string('edge')}`)],
      ['server', '20 03 00 86 00'],
      ['client', packet('30', `${string('spBv1.0/line-4/NBIRTH/edge-1')} 00 08`)],
      ['client', packet('30', `${string('spBv1.0/line-4/DCMD/edge-1/pump')} 00 08`)],
    ],
    operations: [
      'connect CONNECT (session): 1 requests, 1 responses, 1 refused',
      'publish PUBLISH (write): 1 requests, 0 responses, 0 refused',
      'publish.command PUBLISH of a Sparkplug command (control): 1 requests, 0 responses, 0 refused',
    ],
    touches: [
      'publish: topic "spBv1.0/line-4/NBIRTH/edge-1"',
      'publish.command: topic "spBv1.0/line-4/DCMD/edge-1/pump"',
    ],
    evidence: [
      'note = MQTT 5.0 (mqtt.level, client)',
      'name = edge (mqtt.client-id, client)',
      'note = Sparkplug B node edge-1 of group line-4 (mqtt.sparkplug, client)',
    ],
  },
  {
    title: 'is no packet, or one whose topic is cut short',
    origin: 'MQTT 3.1.1, section 2.2',
    messages: [
      ['client', '00 00'],
      ['client', '30 03 00ff 41'],
    ],
    outcomes: [Outcome.malformed, Outcome.truncated],
    operations: ['publish PUBLISH (write): 1 requests, 0 responses, 0 refused'],
  },
];
