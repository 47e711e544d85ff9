/** Frame ids and alarms of PROFINET IO: IEC 61158-6-10, clauses 4.2.2 (frame ids) and 5.2 (alarms). */
import type { Operation } from '../protocol.ts';

/** Operation numbers; those of alarms have the alarm type in bits 8 and up. */
export const Kind = {
  unknown: 0,
  syncWithFollowUp: 1,
  sync: 2,
  class3: 3,
  stream: 4,
  class1: 5,
  class1Multicast: 6,
  classUdp: 7,
  classUdpMulticast: 8,
  alarm: 9,
  announce: 10,
  followUp: 11,
  delay: 12,
  fragment: 13,
  alarmError: 14,
  remoteService: 15,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

const ALARM_HIGH = 0xfc01;
const ALARM_LOW = 0xfe01;

/** What a frame id is for. Those of DCP are not of this protocol. */
export function kindOf(frameId: number): Kind {
  if (frameId >= 0x8000 && frameId <= 0xfbff) {
    if (frameId <= 0xbbff) return Kind.class1;
    if (frameId <= 0xbfff) return Kind.class1Multicast;
    return frameId <= 0xf7ff ? Kind.classUdp : Kind.classUdpMulticast;
  }
  if (frameId >= 0x0100 && frameId <= 0x0fff) return Kind.class3;
  if ((frameId >= 0x1000 && frameId <= 0x2fff) || (frameId >= 0x3800 && frameId <= 0x3fff)) return Kind.stream;
  switch (frameId) {
    case 0x0020:
    case 0x0021:
      return Kind.syncWithFollowUp;
    case 0x0080:
    case 0x0081:
      return Kind.sync;
    case ALARM_HIGH:
    case ALARM_LOW:
      return Kind.alarm;
    case 0xfe02:
      return Kind.remoteService;
    case 0xff00:
    case 0xff01:
      return Kind.announce;
    case 0xff20:
    case 0xff21:
      return Kind.followUp;
    case 0xff40:
    case 0xff41:
    case 0xff42:
    case 0xff43:
      return Kind.delay;
    default:
      return frameId >= 0xff80 && frameId <= 0xff8f ? Kind.fragment : Kind.unknown;
  }
}

/** Whether frames of this kind carry cyclic data and end with their status. */
export function isCyclic(kind: Kind): boolean {
  return kind >= Kind.class3 && kind <= Kind.classUdpMulticast;
}

/** Which of the two ends reads, only the connection's parameters tell: cyclic data is called read both ways. */
const OPERATIONS: ReadonlyMap<number, Operation> = new Map([
  [Kind.syncWithFollowUp, { code: 'ptcp.sync', name: 'PTCP Sync', access: 'session' }],
  [Kind.sync, { code: 'ptcp.sync', name: 'PTCP Sync', access: 'session' }],
  [Kind.class3, { code: 'rt3', name: 'Cyclic data, RT class 3', access: 'read' }],
  [Kind.stream, { code: 'rt-stream', name: 'Cyclic data, RT class stream', access: 'read' }],
  [Kind.class1, { code: 'rt1', name: 'Cyclic data, RT class 1', access: 'read' }],
  [Kind.class1Multicast, { code: 'rt1', name: 'Cyclic data, RT class 1', access: 'read' }],
  [Kind.classUdp, { code: 'rt-udp', name: 'Cyclic data, RT class UDP', access: 'read' }],
  [Kind.classUdpMulticast, { code: 'rt-udp', name: 'Cyclic data, RT class UDP', access: 'read' }],
  [Kind.alarm, { code: 'alarm', name: 'Alarm', access: 'diagnostic' }],
  [Kind.announce, { code: 'ptcp.announce', name: 'PTCP Announce', access: 'session' }],
  [Kind.followUp, { code: 'ptcp.follow-up', name: 'PTCP Follow Up', access: 'session' }],
  [Kind.delay, { code: 'ptcp.delay', name: 'PTCP Delay', access: 'session' }],
  [Kind.fragment, { code: 'fragment', name: 'Fragment', access: 'read' }],
  [Kind.alarmError, { code: 'rta.error', name: 'RTA Error', access: 'session' }],
  [Kind.remoteService, { code: 'rsi', name: 'Remote Service Interface', access: 'program' }],
] as const);

/** AlarmType, clause 5.2.7; those of which the meaning could be checked. */
const ALARMS: ReadonlyMap<number, string> = new Map([
  [0x01, 'diagnosis'],
  [0x02, 'process'],
  [0x03, 'pull'],
  [0x04, 'plug'],
  [0x05, 'status'],
  [0x06, 'update'],
  [0x07, 'redundancy'],
  [0x08, 'controlled by supervisor'],
  [0x09, 'released'],
  [0x0a, 'plug wrong submodule'],
  [0x0b, 'return of submodule'],
  [0x0c, 'diagnosis disappears'],
  [0x0e, 'port data change'],
  [0x11, 'network component problem'],
]);

/** The number of an alarm of this type. */
export function alarmNumber(type: number): number {
  return Kind.alarm | (type << 8);
}

/** What an alarm of this type is called. */
export function alarmName(type: number): string {
  return ALARMS.get(type) ?? `type ${type}`;
}

/** What an operation number means. */
export function operation(number: number): Operation {
  const type = number >>> 8;
  if ((number & 0xff) === Kind.alarm && type !== 0) {
    return { code: `alarm.${type}`, name: `Alarm: ${alarmName(type)}`, access: 'diagnostic' };
  }
  return OPERATIONS.get(number) ?? { code: `${number}`, name: 'Unknown frame', access: 'read' };
}
