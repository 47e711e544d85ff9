/** Services and PDUs of MMS: ISO 9506-2:2003; of session, presentation and association: ISO 8327-1, 8823-1, 8650-1. */
import type { Described } from '../protocol.ts';

/** Session SPDUs (ISO 8327-1, 8.3). */
export const Spdu = {
  giveTokens: 0x01, // with a DATA TRANSFER, which has the same code, behind it
  finish: 0x09,
  disconnect: 0x0a,
  refuse: 0x0c,
  connect: 0x0d,
  accept: 0x0e,
  abort: 0x19,
} as const;

/** First octets of the MMSpdu's alternatives (ISO 9506-2, 7.1). */
export const Pdu = {
  confirmedRequest: 0xa0,
  confirmedResponse: 0xa1,
  confirmedError: 0xa2,
  unconfirmed: 0xa3,
  reject: 0xa4,
  cancelRequest: 0x85,
  cancelResponse: 0x86,
  cancelError: 0xa7,
  initiateRequest: 0xa8,
  initiateResponse: 0xa9,
  initiateError: 0xaa,
  concludeRequest: 0x8b,
  concludeResponse: 0x8c,
  concludeError: 0xad,
} as const;

/** First octets of ACSE's APDUs (ISO 8650-1). */
export const Acse = {
  request: 0x60,
  response: 0x61,
  releaseRequest: 0x62,
  releaseResponse: 0x63,
  abort: 0x64,
} as const;

/** Services whose parameters the decoder looks into. */
export const Service = { status: 0, identify: 2, read: 4, write: 5, informationReport: 0 } as const;

/**
 * ConfirmedServiceRequest by its tag number (7.2). Files of a server are records of disturbances and events: reading
 * them is reading; what replaces them, and what moves or makes domains and programs, is program.
 */
export const CONFIRMED: ReadonlyMap<number, Described> = new Map([
  [0, ['status', 'diagnostic']],
  [1, ['getNameList', 'diagnostic']],
  [2, ['identify', 'diagnostic']],
  [3, ['rename', 'program']],
  [4, ['read', 'read']],
  [5, ['write', 'write']],
  [6, ['getVariableAccessAttributes', 'diagnostic']],
  [7, ['defineNamedVariable', 'write']],
  [8, ['defineScatteredAccess', 'write']],
  [9, ['getScatteredAccessAttributes', 'diagnostic']],
  [10, ['deleteVariableAccess', 'write']],
  [11, ['defineNamedVariableList', 'write']],
  [12, ['getNamedVariableListAttributes', 'diagnostic']],
  [13, ['deleteNamedVariableList', 'write']],
  [14, ['defineNamedType', 'write']],
  [15, ['getNamedTypeAttributes', 'diagnostic']],
  [16, ['deleteNamedType', 'write']],
  [17, ['input', 'read']],
  [18, ['output', 'write']],
  [19, ['takeControl', 'control']],
  [20, ['relinquishControl', 'control']],
  [21, ['defineSemaphore', 'write']],
  [22, ['deleteSemaphore', 'write']],
  [23, ['reportSemaphoreStatus', 'diagnostic']],
  [24, ['reportPoolSemaphoreStatus', 'diagnostic']],
  [25, ['reportSemaphoreEntryStatus', 'diagnostic']],
  [26, ['initiateDownloadSequence', 'program', 'download']],
  [27, ['downloadSegment', 'program', 'download']],
  [28, ['terminateDownloadSequence', 'program', 'download']],
  [29, ['initiateUploadSequence', 'program', 'upload']],
  [30, ['uploadSegment', 'program', 'upload']],
  [31, ['terminateUploadSequence', 'program', 'upload']],
  [32, ['requestDomainDownload', 'program', 'download']],
  [33, ['requestDomainUpload', 'program', 'upload']],
  [34, ['loadDomainContent', 'program', 'download']],
  [35, ['storeDomainContent', 'program', 'upload']],
  [36, ['deleteDomain', 'program', 'download']],
  [37, ['getDomainAttributes', 'diagnostic']],
  [38, ['createProgramInvocation', 'program', 'download']],
  [39, ['deleteProgramInvocation', 'program', 'download']],
  [40, ['start', 'control', 'start']],
  [41, ['stop', 'control', 'stop']],
  [42, ['resume', 'control', 'start']],
  [43, ['reset', 'control', 'restart']],
  [44, ['kill', 'control', 'stop']],
  [45, ['getProgramInvocationAttributes', 'diagnostic']],
  [46, ['obtainFile', 'program', 'download']],
  [47, ['defineEventCondition', 'write']],
  [48, ['deleteEventCondition', 'write']],
  [49, ['getEventConditionAttributes', 'diagnostic']],
  [50, ['reportEventConditionStatus', 'read']],
  [51, ['alterEventConditionMonitoring', 'write']],
  [52, ['triggerEvent', 'control']],
  [53, ['defineEventAction', 'write']],
  [54, ['deleteEventAction', 'write']],
  [55, ['getEventActionAttributes', 'diagnostic']],
  [56, ['reportEventActionStatus', 'read']],
  [57, ['defineEventEnrollment', 'write']],
  [58, ['deleteEventEnrollment', 'write']],
  [59, ['alterEventEnrollment', 'write']],
  [60, ['reportEventEnrollmentStatus', 'read']],
  [61, ['getEventEnrollmentAttributes', 'diagnostic']],
  [62, ['acknowledgeEventNotification', 'write']],
  [63, ['getAlarmSummary', 'read']],
  [64, ['getAlarmEnrollmentSummary', 'read']],
  [65, ['readJournal', 'read']],
  [66, ['writeJournal', 'write']],
  [67, ['initializeJournal', 'write']],
  [68, ['reportJournalStatus', 'diagnostic']],
  [69, ['createJournal', 'write']],
  [70, ['deleteJournal', 'write']],
  [71, ['getCapabilityList', 'diagnostic']],
  [72, ['fileOpen', 'read']],
  [73, ['fileRead', 'read']],
  [74, ['fileClose', 'read']],
  [75, ['fileRename', 'program']],
  [76, ['fileDelete', 'program']],
  [77, ['fileDirectory', 'read']],
]);

/** UnconfirmedService by its tag number. */
export const UNCONFIRMED: readonly string[] = ['informationReport', 'unsolicitedStatus', 'eventNotification'];
