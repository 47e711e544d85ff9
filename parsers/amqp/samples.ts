import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const field = (name: string, value: string) =>
  `${name.length.toString(16).padStart(2, '0')} ${asciiHex(`${name}S`)} ${value.length.toString(16).padStart(8, '0')} ${asciiHex(value)}`;
const start = `000a 000a 00 09 00000040 ${field('cluster_name', 'rabbit@mq1')} ${field('product', 'RabbitMQ')} ${field('version', '3.12.1')}`;

export const samples: readonly Sample[] = [
  {
    title: 'opens, and the broker tells what it is',
    origin: 'AMQP 0-9-1, sections 2.2.4 and 4.2.2; class connection, method start',
    messages: [
      ['client', '414d5150 00 00 09 01'],
      ['server', `01 0000 000000f0 ${start} ce`],
    ],
    operations: ['open Protocol Header (session): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'product = RabbitMQ (amqp.server-properties.product, server)',
      'firmware = 3.12.1 (amqp.server-properties.version, server)',
      'name = rabbit@mq1 (amqp.server-properties.cluster-name, server)',
    ],
  },
  {
    title: 'opens with SASL in version 1.0',
    origin: 'AMQP 1.0, sections 2.2 and 5.3.1',
    messages: [
      ['client', '414d5150 03 01 00 00'],
      ['server', '414d5150 03 01 00 00'],
    ],
    operations: ['open Protocol Header (session): 1 requests, 1 responses, 0 refused'],
  },
];
