import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';
import { asciiHex, utf16Hex } from '../sample-text.ts';

const bytesIn = (digits: string) => digits.replace(/;.*$/gm, '').replace(/\s+/g, '').length / 2;
const be16 = (value: number) => value.toString(16).padStart(4, '0');
const le16 = (value: number) => asciiHex(String.fromCharCode(value & 0xff, value >> 8));
const packet = (type: string, data: string, status = '01') =>
  `${type} ${status} ${be16(8 + bytesIn(data))} 0000 01 00 ${data}`;

/** PRELOGIN: version and encryption. */
const preLogin = (version: string, encryption: string) => `00 000b 0006 01 0011 0001 ff ${version} ${encryption}`;

/** The texts lie one behind the other, from 94 on. */
const login = () => {
  const texts = ['HIST01', '', '', 'Trend Client', 'SQL7\\PROD', '', '', '', ''];
  let offset = 94;
  const places = texts.map((text) => {
    const place = `${le16(offset)} ${le16(text.length)}`;
    offset += 2 * text.length;
    return place;
  });
  const rest = `${places.join(' ')} 000000000000 0000 0000 0000 0000 0000 0000 00000000`;
  const data = `${le16(offset)} 0000 04000074 00100000 00000007 01000000 00000000 e0 03 00 00 00000000 09040000
    ${rest} ${texts.map(utf16Hex).join('')}`;
  return packet('10', data);
};

const message = utf16Hex('Changed');
const info = `01000000 01 00 0700 ${message} 04 ${utf16Hex('SQL7')} 00 01000000`;
const ack = `01 74000004 04 ${utf16Hex('SQLS')} 0f 00 07d0`;

export const samples: readonly Sample[] = [
  {
    title: 'tells version and encryption, and who logs in from where; passwords are never read',
    origin: '[MS-TDS] 2.2.6.4, 2.2.6.5, 2.2.7.13 and 2.2.7.14',
    messages: [
      ['client', packet('12', preLogin('0b000c380000', '02'))],
      ['server', packet('04', preLogin('0f0007d00000', '02'))],
      ['client', login()],
      [
        'server',
        packet('04', `ab ${le16(bytesIn(info))} ${info} ad ${le16(bytesIn(ack))} ${ack} fd 0000 0000 00000000`),
      ],
    ],
    operations: [
      'prelogin Pre-Login (session): 1 requests, 1 responses, 0 refused',
      'login7 Login (session): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'product = Microsoft SQL Server 2019 (mssql.prelogin.version, server)',
      'firmware = 15.0.2000 (mssql.prelogin.version, server)',
      'protection = SQL Server: no encryption (mssql.prelogin.encryption, server)',
      'name = HIST01 (mssql.login.host-name, client)',
      'client-kind = Trend Client (mssql.login.application, client)',
      'name = SQL7 (mssql.login.server-name, server)',
      'name = SQL7 (mssql.message.server-name, server)',
      'product = SQLS (mssql.login-ack.program, server)',
      'firmware = 15.0.2000 (mssql.login-ack.version, server)',
    ],
  },
  {
    title: 'tells reading batches from others, over several packets, and an error',
    origin: '[MS-TDS] 2.2.3.1.2 and 2.2.6.7',
    messages: [
      ['client', packet('01', `04000000 ${utf16Hex(' Select 1')}`, '00')],
      ['client', packet('01', utf16Hex(' from t'))],
      ['server', packet('04', '81 0100', '00')],
      ['server', packet('04', 'fd 1000 c100 01000000')],
      ['client', packet('01', `04000000 ${utf16Hex('delete t')}`)],
      ['server', packet('04', 'aa 0000')],
      ['client', packet('03', '04000000 ffff 0a00')],
    ],
    operations: [
      'sql-batch.select SQL Batch: SELECT (read): 1 requests, 1 responses, 0 refused',
      'sql-batch SQL Batch (write): 1 requests, 1 responses, 1 refused',
      'rpc Remote Procedure Call (write): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'is a login that is cut short',
    origin: '[MS-TDS] 2.2.6.4',
    messages: [['client', packet('10', '5e000000 04000074')]],
    outcomes: [Outcome.truncated],
    operations: ['login7 Login (session): 1 requests, 0 responses, 0 refused'],
  },
];
