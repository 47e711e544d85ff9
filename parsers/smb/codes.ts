/** Commands of SMB1 ([MS-CIFS] 2.2.2.1), SMB2 and 3 ([MS-SMB2] 2.2.1.2) and the NetBIOS session service (RFC 1002, 4.3.1). */
import type { Access, Operation } from '../protocol.ts';
import { hexNumber } from '../text.ts';

/** Packet types of the NetBIOS session service; SMB straight on TCP knows only `message`. */
export const Session = {
  message: 0x00,
  request: 0x81,
  positive: 0x82,
  negative: 0x83,
  retarget: 0x84,
  keepAlive: 0x85,
} as const;

export const Smb1 = {
  transaction: 0x25,
  negotiate: 0x72,
  sessionSetup: 0x73,
  treeConnect: 0x75,
} as const;

export const Smb2 = {
  negotiate: 0x00,
  sessionSetup: 0x01,
  treeConnect: 0x03,
  ioctl: 0x0b,
  oplockBreak: 0x12,
} as const;

/** FSCTL_PIPE_TRANSCEIVE ([MS-FSCC] 2.3): a call of a remote procedure, which may do anything. */
export const PIPE_TRANSCEIVE = 0x0011c017;

/** Where the decoder's operation numbers of each family begin. */
export const Family = { smb1: 0x000, smb2: 0x100, session: 0x200, smb2Pipe: 0x300, encrypted: 0x400 } as const;

const SMB1: ReadonlyMap<number, readonly [string, Access]> = new Map([
  [0x00, ['Create Directory', 'write']],
  [0x01, ['Delete Directory', 'write']],
  [0x02, ['Open', 'session']],
  [0x03, ['Create', 'write']],
  [0x04, ['Close', 'session']],
  [0x05, ['Flush', 'session']],
  [0x06, ['Delete', 'write']],
  [0x07, ['Rename', 'write']],
  [0x08, ['Query Information', 'read']],
  [0x09, ['Set Information', 'write']],
  [0x0a, ['Read', 'read']],
  [0x0b, ['Write', 'write']],
  [0x0c, ['Lock Byte Range', 'session']],
  [0x0d, ['Unlock Byte Range', 'session']],
  [0x0e, ['Create Temporary', 'write']],
  [0x0f, ['Create New', 'write']],
  [0x10, ['Check Directory', 'read']],
  [0x12, ['Seek', 'session']],
  [0x1a, ['Read Raw', 'read']],
  [0x1d, ['Write Raw', 'write']],
  [0x22, ['Set Information 2', 'write']],
  [0x23, ['Query Information 2', 'read']],
  [0x24, ['Locking AndX', 'session']],
  [0x25, ['Transaction', 'read']],
  [0x26, ['Transaction Secondary', 'read']],
  [0x29, ['Copy', 'write']],
  [0x2a, ['Move', 'write']],
  [0x2b, ['Echo', 'session']],
  [0x2c, ['Write and Close', 'write']],
  [0x2d, ['Open AndX', 'session']],
  [0x2e, ['Read AndX', 'read']],
  [0x2f, ['Write AndX', 'write']],
  [0x32, ['Transaction 2', 'read']],
  [0x33, ['Transaction 2 Secondary', 'read']],
  [0x34, ['Find Close 2', 'session']],
  [0x70, ['Tree Connect', 'session']],
  [0x71, ['Tree Disconnect', 'session']],
  [0x72, ['Negotiate', 'session']],
  [0x73, ['Session Setup AndX', 'session']],
  [0x74, ['Logoff AndX', 'session']],
  [0x75, ['Tree Connect AndX', 'session']],
  [0x80, ['Query Information Disk', 'read']],
  [0x81, ['Search', 'read']],
  [0x82, ['Find', 'read']],
  [0xa0, ['NT Transact', 'read']],
  [0xa1, ['NT Transact Secondary', 'read']],
  [0xa2, ['NT Create AndX', 'session']],
  [0xa4, ['NT Cancel', 'session']],
  [0xa5, ['NT Rename', 'write']],
  [0xc0, ['Open Print File', 'write']],
  [0xc1, ['Write Print File', 'write']],
]);

const SMB2: readonly (readonly [string, Access])[] = [
  ['Negotiate', 'session'],
  ['Session Setup', 'session'],
  ['Logoff', 'session'],
  ['Tree Connect', 'session'],
  ['Tree Disconnect', 'session'],
  ['Create', 'session'], // opens; what is done with the file shows in the commands that follow
  ['Close', 'session'],
  ['Flush', 'session'],
  ['Read', 'read'],
  ['Write', 'write'],
  ['Lock', 'session'],
  ['IOCTL', 'read'],
  ['Cancel', 'session'],
  ['Echo', 'session'],
  ['Query Directory', 'read'],
  ['Change Notify', 'read'],
  ['Query Info', 'read'],
  ['Set Info', 'write'],
  ['Oplock Break', 'session'],
];

export const SMB2_COMMANDS: number = SMB2.length;

/** What the decoder's operation number means. */
export function operation(number: number): Operation {
  const command = number & 0xff;
  switch (number & 0xf00) {
    case Family.smb1: {
      const [name, access] = SMB1.get(command) ?? [`Command ${hexNumber(command, 2)}`, 'write' as const];
      return { code: `smb1.${hexNumber(command, 2)}`, name, access };
    }
    case Family.session:
      return { code: `nbss.${hexNumber(command, 2)}`, name: 'Session Request', access: 'session' };
    case Family.smb2Pipe:
      return { code: `smb2.${hexNumber(command, 2)}`, name: 'IOCTL: Pipe Transceive', access: 'write' };
    case Family.encrypted:
      return { code: 'smb3.encrypted', name: 'Encrypted Message', access: 'write' }; // which, nobody can tell
    default: {
      const [name, access] = SMB2[command] ?? [`Command ${hexNumber(command, 2)}`, 'write' as const];
      return { code: `smb2.${hexNumber(command, 2)}`, name, access };
    }
  }
}
