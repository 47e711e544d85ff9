import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const SPEC = 'Veeder-Root 576013-635; invented values';

/** ASCII text as hexadecimal digits. */
const ascii = (text: string) => [...text].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');

const GAUGE = ['vendor = Veeder-Root (atg.answer, server)', 'device-type = Automatic tank gauge (atg.answer, server)'];

export const samples: readonly Sample[] = [
  {
    title: 'reads inventory and software revision',
    origin: SPEC,
    messages: [
      ['client', `01 ${ascii('I20100\n')}`],
      [
        'server',
        `01 ${ascii('I20100\r\nJAN  1, 2020 10:00 AM\r\n\r\nHILLTOP STATION\r\n12 MAIN ST\r\n\r\nIN-TANK INVENTORY\r\n')} 03`,
      ],
      ['client', `01 ${ascii('I90200\n')}`],
      [
        'server',
        `01 ${ascii('I90200\r\nJAN  1, 2020 10:01 AM\r\n\r\nSOFTWARE REVISION LEVEL\r\nVERSION 99.05\r\n')} 03`,
      ],
    ],
    operations: [
      'I201 In-Tank Inventory (read): 1 requests, 1 responses, 0 refused',
      'I902 Software Revision (diagnostic): 1 requests, 1 responses, 0 refused',
    ],
    touches: ['I201: tank 0+1', 'I902: tank 0+1'],
    evidence: [
      ...GAUGE,
      'location = HILLTOP STATION (atg.station-header, server)',
      ...GAUGE,
      'firmware = 99.05 (atg.software-revision, server)',
    ],
  },
  {
    title: 'sets a label, and is refused a function',
    origin: SPEC,
    messages: [
      ['client', `01 ${ascii('S60201DIESEL')}`],
      ['client', `01 ${ascii('I77700')}`],
      ['server', `01 ${ascii('9999FF1B')} 03`],
      ['server', ascii('more')],
    ],
    outcomes: [Outcome.ok, Outcome.ok, Outcome.ok, Outcome.unsupported],
    operations: [
      'S602 Set 602 (write): 1 requests, 0 responses, 0 refused',
      'I777 Inquiry 777 (read): 1 requests, 1 responses, 1 refused',
    ],
    touches: ['S602: tank 1+1', 'I777: tank 0+1'],
  },
];
