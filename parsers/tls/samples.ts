import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const bytesIn = (digits: string) => digits.replace(/;.*$/gm, '').replace(/\s+/g, '').length / 2;
const number = (value: number, bytes: number) => value.toString(16).padStart(2 * bytes, '0');
const sized = (bytes: number, content: string) => `${number(bytesIn(content), bytes)} ${content}`;
const record = (content: string, version = '0303') => `16 ${version} ${sized(2, content)}`;
const message = (type: string, content: string) => `${type} ${sized(3, content)}`;
const extension = (type: number, content: string) => `${number(type, 2)} ${sized(2, content)}`;
const random = '5a'.repeat(32);

/** An element of DER, of up to 255 bytes. */
function der(tag: string, content: string): string {
  const length = bytesIn(content);
  return `${tag} ${length < 0x80 ? number(length, 1) : `81 ${number(length, 1)}`} ${content}`;
}
const attribute = (type: string, tag: string, value: string) =>
  der('31', der('30', `${der('06', `5504${type}`)} ${der(tag, asciiHex(value))}`));

const certificate = der(
  '30',
  `${der(
    '30',
    `${der('a0', der('02', '02'))} ${der('02', '1234')} ${der('30', der('06', '2a864886f70d01010b'))}
     ${der('30', attribute('03', '0c', 'Plant CA'))}
     ${der('30', `${der('17', asciiHex('250101000000Z'))} ${der('17', asciiHex('350101000000Z'))}`)}
     ${der('30', `${attribute('06', '13', 'DE')} ${attribute('0a', '13', 'ACME Drives')} ${attribute('05', '13', 'S-77')} ${attribute('03', '0c', 'drive-9')}`)}
     ${der('30', der('30', der('06', '2a864886f70d010101')))}
     ${der(
       'a3',
       der(
         '30',
         `${der('30', `${der('06', '551d0f')} ${der('01', 'ff')} ${der('04', '03020520')}`)}
          ${der('30', `${der('06', '551d11')} ${der('04', der('30', `${der('82', asciiHex('drive-9.example'))} ${der('87', '0a000001')}`))}`)}`,
       ),
     )}`,
  )} ${der('30', der('06', '2a864886f70d01010b'))} ${der('03', '00aa')}`,
);

const clientHello = message(
  '01',
  `0303 ${random} 00 ${sized(2, '1301 c02f')} 01 00
   ${sized(
     2,
     `${extension(0, sized(2, `00 ${sized(2, asciiHex('drive-9.example'))}`))}
      ${extension(16, sized(2, `${sized(1, asciiHex('h2'))} ${sized(1, asciiHex('http/1.1'))}`))}
      ${extension(43, '04 0304 0303')}`,
   )}`,
);

export const samples: readonly Sample[] = [
  {
    title: 'names the server by what the client asks for and by its certificate',
    origin: 'RFC 5246, sections 7.4.1 and 7.4.2; RFC 6066, section 3; RFC 5280, section 4.1',
    messages: [
      ['client', record(clientHello, '0301')],
      [
        'server', // hello and certificate share a record
        record(
          `${message('02', `0303 ${random} 00 c02f 00 ${sized(2, extension(16, sized(2, sized(1, asciiHex('http/1.1')))))}`)}
           ${message('0b', sized(3, sized(3, certificate)))}`,
        ),
      ],
      ['server', '14 0303 0001 01'],
      ['client', `17 0303 0010 ${'c3'.repeat(16)}`],
    ],
    operations: ['handshake Handshake (session): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'name = drive-9.example (tls.server-name, server)',
      'note = offers h2, http/1.1 inside TLS (tls.alpn-offered, client)',
      'note = speaks http/1.1 inside TLS (tls.alpn-chosen, server)',
      'protection = TLS 1.2 (tls.version, server)',
      'note = certificate issued by Plant CA (tls.certificate.issuer, server)',
      'vendor = ACME Drives (tls.certificate.organization, server)',
      'serial = S-77 (tls.certificate.serial-number, server)',
      'name = drive-9 (tls.certificate.common-name, server)',
      'name = drive-9.example (tls.certificate.alternative-name, server)',
    ],
  },
  {
    title: 'agrees on TLS 1.3 by an extension',
    origin: 'RFC 8446, section 4.2.1',
    messages: [
      ['client', record(clientHello)],
      ['server', record(message('02', `0303 ${random} 00 1301 00 ${sized(2, extension(43, '0304'))}`))],
    ],
    operations: ['handshake Handshake (session): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'name = drive-9.example (tls.server-name, server)',
      'note = offers h2, http/1.1 inside TLS (tls.alpn-offered, client)',
      'protection = TLS 1.3 (tls.version, server)',
    ],
  },
  {
    title: 'agrees on an obsolete version and a weak cipher, without extensions',
    origin: 'RFC 2246, section 7.4.1.3; RFC 7465',
    messages: [['server', record(message('02', `0301 ${random} 00 0005 00`), '0301')]],
    evidence: [
      'protection = cipher suite 0x0005: RC4 (tls.cipher-suite, server)',
      'protection = TLS 1.0 (obsolete) (tls.version, server)',
    ],
  },
  {
    title: 'is refused by an alert',
    origin: 'RFC 5246, section 7.2.2',
    messages: [
      ['client', record(message('01', `0303 ${random} 00 ${sized(2, 'c02f')} 01 00`))],
      ['server', '15 0303 0002 0228'],
    ],
    operations: ['handshake Handshake (session): 1 requests, 1 responses, 1 refused'],
  },
  {
    title: 'reads what a record holds of a certificate that goes on in the next, and nothing of the rest',
    origin: 'RFC 8446, section 5.1',
    messages: [
      ['server', record(`0b ${number(bytesIn(certificate) + 6 + 40, 3)} ${sized(3, sized(3, certificate))}`)],
      ['server', record('01'.repeat(40))],
    ],
    evidence: [
      'note = certificate issued by Plant CA (tls.certificate.issuer, server)',
      'vendor = ACME Drives (tls.certificate.organization, server)',
      'serial = S-77 (tls.certificate.serial-number, server)',
      'name = drive-9 (tls.certificate.common-name, server)',
      'name = drive-9.example (tls.certificate.alternative-name, server)',
    ],
  },
  {
    title: 'is a hello whose extensions are cut short',
    origin: 'RFC 8446, section 4.2',
    messages: [['client', record(message('01', `0303 ${random} 00 ${sized(2, 'c02f')} 01 00 0008 0000 0010 0000`))]],
    outcomes: [Outcome.truncated],
    operations: ['handshake Handshake (session): 1 requests, 0 responses, 0 refused'],
  },
];
