/**
 * CODESYS publishes no specification of its protocols. These are the numbers on which public analyses of version 3 agree
 * (Microsoft's ICS forensics tools, Kaspersky ICS CERT 2019). What a component's single services do is known for few, so a
 * component has one access: that of the most it can do.
 */
import type { Access } from '../protocol.ts';

/** Services of the datagram layer. */
export const Datagram = { addressRequest: 1, addressAnswer: 2, nameServer: 3, nameClient: 4, channel: 64 } as const;

/** Packets of the channel layer. */
export const Channel = {
  block: 0x01,
  acknowledge: 0x02,
  keepAlive: 0x03,
  openAnswer: 0x83,
  info: 0xc2,
  open: 0xc3,
  close: 0xc4,
} as const;

/** The name service's answer that describes a device. */
export const DEVICE_INFO = 0xc280;

/** Protocol ids of the service layer: in clear, and encrypted. */
export const PLAIN = 0xcd55;
export const SECURE = 0x7557;

export const COMPONENTS: ReadonlyMap<number, readonly [name: string, access: Access]> = new Map([
  [0x01, ['Device', 'session']],
  [0x02, ['Application', 'program']],
  [0x04, ['Visualisation Server', 'write']],
  [0x05, ['Log', 'diagnostic']],
  [0x06, ['Settings', 'program']],
  [0x07, ['Ethernet Settings', 'program']],
  [0x08, ['File Transfer', 'program']],
  [0x09, ['Variable Access', 'write']],
  [0x0b, ['I/O Manager', 'diagnostic']],
  [0x0c, ['User Management', 'session']],
  [0x0f, ['Trace', 'read']],
  [0x11, ['PLC Shell', 'control']],
  [0x12, ['Breakpoints', 'control']],
  [0x13, ['Forcing', 'control']],
  [0x18, ['Alarms', 'read']],
  [0x1b, ['Monitoring', 'read']],
  [0x1d, ['CodeMeter Licences', 'diagnostic']],
  [0x1f, ['Core Dump', 'diagnostic']],
  [0x22, ['Certificates', 'program']],
]);
