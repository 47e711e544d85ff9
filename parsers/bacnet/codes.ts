/** Functions, services, objects and properties of BACnet: ANSI/ASHRAE 135-2020, clause 21, 6.2 and Annex J. */
import type { Described } from '../protocol.ts';

/** BVLC functions (J.2). */
export const Bvlc = {
  result: 0x00,
  readTableAck: 0x03,
  forwardedNpdu: 0x04,
  readForeignTableAck: 0x07,
  distributeBroadcast: 0x09,
  originalUnicast: 0x0a,
  originalBroadcast: 0x0b,
  secured: 0x0c,
} as const;

export const BVLC: ReadonlyMap<number, Described> = new Map([
  [0x01, ['Write-Broadcast-Distribution-Table', 'write']],
  [0x02, ['Read-Broadcast-Distribution-Table', 'diagnostic']],
  [0x05, ['Register-Foreign-Device', 'session']],
  [0x06, ['Read-Foreign-Device-Table', 'diagnostic']],
  [0x08, ['Delete-Foreign-Device-Table-Entry', 'write']],
  [0x0c, ['Secured-BVLL', 'session']],
]);

/** Network layer messages (6.2.4). */
export const NETWORK_MESSAGES: ReadonlyMap<number, Described> = new Map([
  [0x00, ['Who-Is-Router-To-Network', 'diagnostic']],
  [0x01, ['I-Am-Router-To-Network', 'diagnostic']],
  [0x02, ['I-Could-Be-Router-To-Network', 'diagnostic']],
  [0x03, ['Reject-Message-To-Network', 'session']],
  [0x04, ['Router-Busy-To-Network', 'session']],
  [0x05, ['Router-Available-To-Network', 'session']],
  [0x06, ['Initialize-Routing-Table', 'write']],
  [0x07, ['Initialize-Routing-Table-Ack', 'diagnostic']],
  [0x08, ['Establish-Connection-To-Network', 'session']],
  [0x09, ['Disconnect-Connection-To-Network', 'session']],
  [0x12, ['What-Is-Network-Number', 'diagnostic']],
  [0x13, ['Network-Number-Is', 'diagnostic']],
]);

/** PDU types (20.1), the upper half of an APDU's first octet. */
export const Pdu = {
  confirmedRequest: 0,
  unconfirmedRequest: 1,
  simpleAck: 2,
  complexAck: 3,
  segmentAck: 4,
  error: 5,
  reject: 6,
  abort: 7,
} as const;

export const Confirmed = {
  covNotification: 1,
  eventNotification: 2,
  subscribeCov: 5,
  readProperty: 12,
  readPropertyMultiple: 14,
  writeProperty: 15,
  writePropertyMultiple: 16,
  readRange: 26,
  subscribeCovProperty: 28,
  covNotificationMultiple: 31,
  auditNotification: 32,
} as const;

/** BACnetConfirmedServiceChoice. Files hold configuration and programs, objects are created by configuring. */
export const CONFIRMED: ReadonlyMap<number, Described> = new Map([
  [0, ['AcknowledgeAlarm', 'write']],
  [1, ['ConfirmedCOVNotification', 'read']],
  [2, ['ConfirmedEventNotification', 'read']],
  [3, ['GetAlarmSummary', 'read']],
  [4, ['GetEnrollmentSummary', 'read']],
  [5, ['SubscribeCOV', 'read']],
  [6, ['AtomicReadFile', 'program', 'upload']],
  [7, ['AtomicWriteFile', 'program', 'download']],
  [8, ['AddListElement', 'write']],
  [9, ['RemoveListElement', 'write']],
  [10, ['CreateObject', 'program']],
  [11, ['DeleteObject', 'program']],
  [12, ['ReadProperty', 'read']],
  [13, ['ReadPropertyConditional', 'read']],
  [14, ['ReadPropertyMultiple', 'read']],
  [15, ['WriteProperty', 'write']],
  [16, ['WritePropertyMultiple', 'write']],
  [17, ['DeviceCommunicationControl', 'control', 'mode']],
  [18, ['ConfirmedPrivateTransfer', 'write']],
  [19, ['ConfirmedTextMessage', 'session']],
  [20, ['ReinitializeDevice', 'control', 'restart']],
  [21, ['VT-Open', 'session']],
  [22, ['VT-Close', 'session']],
  [23, ['VT-Data', 'control']],
  [24, ['Authenticate', 'session']],
  [25, ['RequestKey', 'session']],
  [26, ['ReadRange', 'read']],
  [27, ['LifeSafetyOperation', 'control']],
  [28, ['SubscribeCOVProperty', 'read']],
  [29, ['GetEventInformation', 'read']],
  [30, ['SubscribeCOVPropertyMultiple', 'read']],
  [31, ['ConfirmedCOVNotificationMultiple', 'read']],
  [32, ['ConfirmedAuditNotification', 'read']],
  [33, ['AuditLogQuery', 'read']],
]);

export const Unconfirmed = {
  iAm: 0,
  iHave: 1,
  covNotification: 2,
  eventNotification: 3,
  privateTransfer: 4,
  textMessage: 5,
  covNotificationMultiple: 11,
  auditNotification: 12,
} as const;

/** BACnetUnconfirmedServiceChoice. */
export const UNCONFIRMED: ReadonlyMap<number, Described> = new Map([
  [0, ['I-Am', 'diagnostic']],
  [1, ['I-Have', 'diagnostic']],
  [2, ['UnconfirmedCOVNotification', 'read']],
  [3, ['UnconfirmedEventNotification', 'read']],
  [4, ['UnconfirmedPrivateTransfer', 'write']],
  [5, ['UnconfirmedTextMessage', 'session']],
  [6, ['TimeSynchronization', 'session']],
  [7, ['Who-Has', 'diagnostic']],
  [8, ['Who-Is', 'diagnostic']],
  [9, ['UTCTimeSynchronization', 'session']],
  [10, ['WriteGroup', 'write']],
  [11, ['UnconfirmedCOVNotificationMultiple', 'read']],
  [12, ['UnconfirmedAuditNotification', 'read']],
]);

/** BACnetObjectType "device". */
export const DEVICE = 8;

/** BACnetObjectType: names of address spaces. */
export const OBJECT_TYPES: readonly string[] = [
  'analog-input',
  'analog-output',
  'analog-value',
  'binary-input',
  'binary-output',
  'binary-value',
  'calendar',
  'command',
  'device',
  'event-enrollment',
  'file',
  'group',
  'loop',
  'multi-state-input',
  'multi-state-output',
  'notification-class',
  'program',
  'schedule',
  'averaging',
  'multi-state-value',
  'trend-log',
  'life-safety-point',
  'life-safety-zone',
  'accumulator',
  'pulse-converter',
];

/** BACnetPropertyIdentifier: those of a device object that tell what it is. */
export const Property = {
  applicationSoftwareVersion: 12,
  description: 28,
  firmwareRevision: 44,
  location: 58,
  modelName: 70,
  objectName: 77,
  systemStatus: 112,
  vendorIdentifier: 120,
  vendorName: 121,
  serialNumber: 372,
} as const;
