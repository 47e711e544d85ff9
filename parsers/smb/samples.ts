import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';
import { asciiHex, utf16Hex } from '../sample-text.ts';

const le16 = (value: number) => asciiHex(String.fromCharCode(value & 0xff, value >> 8));
const le32 = (value: number) => le16(value & 0xffff) + le16(value >>> 16);
const bytesIn = (digits: string) => digits.replace(/;.*$/gm, '').replace(/\s+/g, '').length / 2;

/** A message of the session service. */
function nbss(content: string, type = '00'): string {
  const length = bytesIn(content);
  return `${type} ${length.toString(16).padStart(6, '0')} ${content}`;
}

/** An SMB2 header and body; `next` chains another command. */
function smb2(command: number, id: number, body: string, answer = false, status = 0, next = 0): string {
  return `fe534d42 4000 0000 ${le32(status)} ${le16(command)} 0100 ${le32(answer ? 1 : 0)} ${le32(next)}
    ${le32(id)} 00000000 00000000 00000000 0000000000000000 00000000000000000000000000000000 ${body}`;
}

/** An SMB1 header, parameter words and bytes. */
function smb1(command: string, words: string, bytes: string, answer = false, status = '00000000'): string {
  const count = (bytesIn(words) / 2).toString(16).padStart(2, '0');
  return `ff534d42 ${command} ${status} ${answer ? '98' : '18'} 01c0 0000 0000000000000000 0000
    0000 fffe 0000 4000 ${count} ${words} ${le16(bytesIn(bytes))} ${bytes}`;
}

const pair = (id: number, value: string) => `${le16(id)} ${le16(2 * value.length)} ${utf16Hex(value)}`;
const pairs = `${pair(2, 'PLANT')} ${pair(1, 'HIST01')} ${pair(4, 'plant.example')} ${pair(3, 'hist01.plant.example')} 0000 0000`;

const challenge = `
  4e544c4d53535000 02000000
  0a00 0a00 38000000 ; target name of 10 bytes at 56
  01028aa2 ; flags: unicode, target information, version
  0123456789abcdef 0000000000000000
  ${le16(bytesIn(pairs))} ${le16(bytesIn(pairs))} 42000000 ; target information at 66
  0a00 6345 0000000f ; Windows 10.0 build 17763
  ${utf16Hex('PLANT')} ${pairs}`;

const authenticate = `
  4e544c4d53535000 03000000
  0000 0000 48000000 ; LM response
  0000 0000 48000000 ; NT response
  0a00 0a00 48000000 ; domain at 72
  0600 0600 52000000 ; user name, which nobody reads
  0800 0800 58000000 ; workstation at 88
  0000 0000 60000000
  01028aa2 0601 b11d 0000000f ; flags; Windows 6.1 build 7601
  ${utf16Hex('PLANT')} ${utf16Hex('bob')} ${utf16Hex('ENG1')}`;

const setupAnswer = (blob: string) => `0900 0000 4800 ${le16(bytesIn(blob))} ${blob}`;
const setupRequest = (blob: string) =>
  `1900 00 01 00000000 00000000 5800 ${le16(bytesIn(blob))} 0000000000000000 ${blob}`;

const share = utf16Hex('\\\\HIST01\\trend');

export const samples: readonly Sample[] = [
  {
    title: 'negotiates SMB 3.1.1 and names the server, its Windows and the client from the NTLM exchange',
    origin: '[MS-SMB2] 2.2.3 to 2.2.6; [MS-NLMP] 2.2.1',
    messages: [
      ['client', nbss(smb2(0, 0, `2400 0100 0100 0000 7f000000 ${'00'.repeat(16)} 0000000000000000 1103`))],
      ['server', nbss(smb2(0, 0, `4100 0300 1103 0000 ${'00'.repeat(56)}`, true))],
      [
        'client',
        nbss(smb2(1, 1, setupRequest('4e544c4d53535000 01000000 97820000 0000000000000000 0000000000000000'))),
      ],
      ['server', nbss(smb2(1, 1, setupAnswer(challenge), true, 0xc0000016))],
      ['client', nbss(smb2(1, 2, setupRequest(authenticate)))],
      ['server', nbss(smb2(1, 2, '0900 0000 4800 0000', true))],
    ],
    operations: [
      'smb2.0x00 Negotiate (session): 1 requests, 1 responses, 0 refused',
      'smb2.0x01 Session Setup (session): 2 requests, 2 responses, 0 refused',
    ],
    evidence: [
      'protection = SMB signing required (smb.security-mode, server)',
      'note = SMB 3.1.1 (smb.dialect, server)',
      'os = Windows 10 or Server 2019 (10.0.17763) (smb.ntlm.version, server)',
      'note = domain PLANT (smb.ntlm.netbios-domain, server)',
      'name = HIST01 (smb.ntlm.netbios-computer, server)',
      'note = domain plant.example (smb.ntlm.dns-domain, server)',
      'name = hist01.plant.example (smb.ntlm.dns-computer, server)',
      'name = ENG1 (smb.ntlm.workstation, client)',
      'note = domain PLANT (smb.ntlm.client-domain, client)',
      'os = Windows 7 or Server 2008 R2 (6.1.7601) (smb.ntlm.version, client)',
    ],
  },
  {
    title: 'connects to a share, opens, reads and writes; a refusal and an interim answer',
    origin: '[MS-SMB2] 2.2.9, 2.2.13, 2.2.19, 2.2.21, 3.2.4.1.4',
    messages: [
      ['client', nbss(smb2(3, 3, `0900 0000 4800 ${le16(bytesIn(share))} ${share}`))],
      ['server', nbss(smb2(3, 3, '1000 01 00 00000000 00000000 00000000', true))],
      [
        'client', // Create and Read in one message
        nbss(`${smb2(5, 4, '00'.repeat(56), false, 0, 120)} ${smb2(8, 5, '00'.repeat(49))}`),
      ],
      ['server', nbss(smb2(8, 5, '00'.repeat(9), true, 0x0103))], // STATUS_PENDING
      ['server', nbss(smb2(5, 4, '00'.repeat(9), true, 0xc0000022))], // STATUS_ACCESS_DENIED
      ['server', nbss(smb2(8, 5, '00'.repeat(17), true))],
      ['client', nbss(smb2(9, 6, '00'.repeat(49)))],
      ['server', nbss(smb2(9, 6, '00'.repeat(17), true))],
      ['client', nbss(smb2(11, 7, '3900 0000 17c01100'))], // a procedure call
      ['server', nbss(smb2(18, 0xffffffff, '00'.repeat(24), true))], // an oplock break, which nobody asked for
    ],
    operations: [
      'smb2.0x03 Tree Connect (session): 1 requests, 1 responses, 0 refused',
      'smb2.0x05 Create (session): 1 requests, 1 responses, 1 refused',
      'smb2.0x08 Read (read): 1 requests, 1 responses, 0 refused',
      'smb2.0x09 Write (write): 1 requests, 1 responses, 0 refused',
      'smb2.0x0b IOCTL: Pipe Transceive (write): 1 requests, 0 responses, 0 refused',
    ],
    touches: ['smb2.0x03: share "\\\\\\\\HIST01\\\\trend"'],
    evidence: ['name = HIST01 (smb.tree-connect, server)'],
  },
  {
    title: 'learns names from the NetBIOS session request and systems from an SMB 1 session setup',
    origin: 'RFC 1001, 14.1; RFC 1002, 4.3.2; [MS-CIFS] 2.2.4.53',
    messages: [
      [
        'client',
        nbss(
          // FILESRV with suffix 20, HMI3 with suffix 00
          `20 ${asciiHex('EGEJEMEFFDFCFGCACACACACACACACACA')} 00 20 ${asciiHex('EIENEJDDCACACACACACACACACACACAAA')} 00`,
          '81',
        ),
      ],
      ['server', '82 000000'],
      ['client', nbss(smb1('72', '', `02 ${asciiHex('NT LM 0.12')} 00`))],
      [
        'client',
        nbss(
          smb1(
            '73',
            `ff000000 0411 3200 0000 00000000 0100 0000 00000000 d4000000`,
            `00 0000 0000 ${utf16Hex('Windows 2000 2195')} 0000 ${utf16Hex('Windows 2000 5.0')} 0000`,
          ),
        ),
      ],
      [
        'server',
        nbss(
          smb1(
            '73',
            'ff000000 0000',
            `00 ${utf16Hex('Windows 5.1')} 0000 ${utf16Hex('Windows 2000 LAN Manager')} 0000`,
            true,
          ),
        ),
      ],
      ['client', nbss(smb1('2e', `ff000000 ${'00'.repeat(20)}`, ''))],
      ['server', nbss(smb1('2e', '', '', true, '220000c0'))],
      ['client', '85 000000'],
    ],
    operations: [
      'nbss.0x81 Session Request (session): 1 requests, 1 responses, 0 refused',
      'smb1.0x72 Negotiate (session): 1 requests, 0 responses, 0 refused',
      'smb1.0x73 Session Setup AndX (session): 1 requests, 1 responses, 0 refused',
      'smb1.0x2e Read AndX (read): 1 requests, 1 responses, 1 refused',
    ],
    evidence: [
      'name = FILESRV (smb.nbss.called-name, server)',
      'name = HMI3 (smb.nbss.calling-name, client)',
      'os = Windows 2000 2195 (smb.native-os, client)',
      'note = LAN manager Windows 2000 5.0 (smb.native-lan-manager, client)',
      'protection = SMB 1 in use (obsolete) (smb.version-1, server)',
      'os = Windows 5.1 (smb.native-os, server)',
      'note = LAN manager Windows 2000 LAN Manager (smb.native-lan-manager, server)',
    ],
  },
  {
    title: 'is encrypted SMB 3',
    origin: '[MS-SMB2] 2.2.41',
    messages: [['client', nbss(`fd534d42 ${'00'.repeat(48)} ${'a5'.repeat(20)}`)]],
    evidence: ['protection = SMB 3 encryption (smb.encrypted, client)'],
  },
  {
    title: 'counts an answer whose request was not heard',
    origin: '[MS-SMB2] 2.2.20',
    messages: [['server', nbss(smb2(8, 9, '00'.repeat(17), true))]],
    operations: ['smb2.0x08 Read (read): 0 requests, 1 responses, 0 refused'],
  },
  {
    title: 'is cut short, and is no SMB at all',
    origin: '[MS-SMB2] 2.2.1',
    messages: [
      ['client', nbss('fe534d42 4000')],
      ['client', nbss('41424344 4546')],
      ['client', '47455420'],
    ],
    outcomes: [Outcome.truncated, Outcome.malformed, Outcome.malformed],
  },
];
