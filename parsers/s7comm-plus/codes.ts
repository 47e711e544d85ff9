/**
 * Codes of S7comm-plus. Siemens publishes no specification; these are the numbers and names on which the Wireshark
 * plugin of T. Wiens and the S7CommPlusDriver projects agree.
 */
import type { Described } from '../protocol.ts';

/** First byte of what a PDU carries. */
export const Opcode = { request: 0x31, response: 0x32, notification: 0x33, response2: 0x02 } as const;

/** Second byte of a PDU. The first three are versions of the protocol; the others carry no request. */
export const Version = { v1: 1, v2: 2, v3: 3, systemEvent: 0xfe, keepAlive: 0xff } as const;

export const FunctionCode = {
  explore: 0x04bb,
  createObject: 0x04ca,
  deleteObject: 0x04d4,
  setVariable: 0x04f2,
  setMultiVariables: 0x0542,
  getVarSubStreamed: 0x0586,
  initSsl: 0x05b3,
} as const;

/**
 * Name and access by function. Explore walks the objects of a station, which is how programs are uploaded as well as
 * how tags are browsed; a listener cannot tell. Invoke calls methods of objects, and a sequence brackets a change made
 * by other functions.
 */
export const FUNCTIONS: ReadonlyMap<number, Described> = new Map([
  [0x04b1, ['Error', 'session']],
  [FunctionCode.explore, ['Explore', 'diagnostic']],
  [FunctionCode.createObject, ['CreateObject', 'program', 'download']],
  [FunctionCode.deleteObject, ['DeleteObject', 'program', 'download']],
  [FunctionCode.setVariable, ['SetVariable', 'write']],
  [0x04fc, ['GetVariable', 'read']],
  [0x0506, ['AddLink', 'program']],
  [0x051a, ['RemoveLink', 'program']],
  [0x0524, ['GetLink', 'diagnostic']],
  [FunctionCode.setMultiVariables, ['SetMultiVariables', 'write']],
  [0x054c, ['GetMultiVariables', 'read']],
  [0x0556, ['BeginSequence', 'session']],
  [0x0560, ['EndSequence', 'session']],
  [0x056b, ['Invoke', 'control']],
  [0x057c, ['SetVarSubStreamed', 'write']],
  [FunctionCode.getVarSubStreamed, ['GetVarSubStreamed', 'read']],
  [0x0590, ['GetVariablesAddress', 'diagnostic']],
  [0x059a, ['Abort', 'session']],
  [FunctionCode.initSsl, ['InitSsl', 'session']],
]);

/** What a function is applied to, where that changes what it does to the device. */
export const Target = { any: 0, session: 1, subscription: 2, operatingState: 3 } as const;
export type Target = (typeof Target)[keyof typeof Target];

/** Name and access of those. */
export const TARGETS: readonly (Described | undefined)[] = [
  undefined,
  ['session', 'session'],
  ['subscription', 'read'],
  ['operating state', 'control', 'mode'],
];

/** Ids of objects, classes and attributes. */
export const Id = {
  serverSessionContainer: 285,
  cpuExecutionUnit: 52,
  operatingStateRequest: 2167, // attribute of the CPU execution unit
  subscriptionCreditLimit: 1053, // attribute: how many more notifications may be sent
  notificationCredit: 2711, // the same for the subscriptions of test functions
  classSubscriptions: 255,
  classSubscription: 1001,
} as const;

/** Objects from here on are made for a connection; those of the program have the top bit set. */
export const DYNAMIC_OBJECTS = 0x70000000;
export const PROGRAM_OBJECTS = 0x80000000;
