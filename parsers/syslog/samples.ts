import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

function chars(value: string): string {
  return [...value].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

export const samples: readonly Sample[] = [
  {
    title: 'learns the name of a host that logs, in the newer form',
    origin: 'RFC 5424, section 6',
    messages: [['client', chars('<165>1 2003-08-24T05:14:15.000003-07:00 sw7.acme.lan evntd 8710 ID47 - text')]],
    operations: ['message Message (read): 1 requests, 0 responses, 0 refused'],
    evidence: ['name = sw7.acme.lan (syslog.hostname, client)', 'note = logs from evntd (syslog.app-name, client)'],
  },
  {
    title: 'learns it in the older form, with and without the name',
    origin: 'RFC 3164, section 4.1',
    messages: [
      ['client', chars('<34>Oct 11 22:14:15 sw7 su: text')],
      ['client', chars('<34>Oct  1 22:14:15 sshd[42]: text')],
      ['client', chars('<34>Oct 11 22:14:15 10.0.0.5 text without a tag')],
    ],
    operations: ['message Message (read): 3 requests, 0 responses, 0 refused'],
    evidence: [
      'name = sw7 (syslog.hostname, client)',
      'note = logs from su (syslog.app-name, client)',
      'note = logs from sshd (syslog.app-name, client)',
    ],
  },
  {
    title: 'reads the length that TCP puts before a message, and counts what has no known form',
    origin: 'RFC 6587, section 3.4.1; RFC 3164, section 4.3.3',
    messages: [
      ['client', chars('40 <34>1 - sw7 - - - - text')],
      ['client', chars('<189>12: *Mar  1 00:00:00: %SYS-5-RESTART')],
    ],
    operations: ['message Message (read): 2 requests, 0 responses, 0 refused'],
    evidence: ['name = sw7 (syslog.hostname, client)'],
  },
  {
    title: 'counts a message that ends in its header',
    origin: 'made',
    messages: [
      ['client', chars('<34>1 2003-08-24T05:14:15Z')],
      ['client', chars('text that goes on')],
    ],
    outcomes: [Outcome.truncated, Outcome.unsupported],
    operations: ['message Message (read): 1 requests, 0 responses, 0 refused'],
  },
];
