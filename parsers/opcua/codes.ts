/** Message types, services and node ids: OPC UA Part 6 (1.05), 7.1 and Annex A (NodeIds.csv), Part 4, 5. */
import type { Access } from '../protocol.ts';

/** The three letters of a message type, as a number most significant byte first (Part 6, 6.7.2.2 and 7.1.2.2). */
export const MessageType = {
  hello: 0x48454c, // HEL
  acknowledge: 0x41434b, // ACK
  error: 0x455252, // ERR
  reverseHello: 0x524845, // RHE
  open: 0x4f504e, // OPN
  close: 0x434c4f, // CLO
  message: 0x4d5347, // MSG
} as const;

/** The fourth byte: whether a chunk is the last of its message, goes on, or ends it unfinished. */
export const Chunk = { final: 0x46, continued: 0x43, aborted: 0x41 } as const;

/** Ids of the binary encodings that the decoder looks into. */
export const Type = {
  anonymousToken: 321,
  userNameToken: 324,
  certificateToken: 327,
  buildInfo: 340,
  serviceFault: 397,
  findServersResponse: 425,
  getEndpointsResponse: 431,
  openRequest: 446,
  openResponse: 449,
  closeRequest: 452,
  createSessionRequest: 461,
  createSessionResponse: 464,
  activateSessionRequest: 467,
  readRequest: 631,
  readResponse: 634,
  writeRequest: 673,
  writeResponse: 676,
  callRequest: 712,
  callResponse: 715,
  createMonitoredItemsRequest: 751,
  serverStatus: 864,
  issuedToken: 940,
} as const;

/** Services by the id of the request's binary encoding: the response's id, name and access. */
export const SERVICES: ReadonlyMap<number, readonly [response: number, name: string, access: Access]> = new Map([
  [422, [425, 'FindServers', 'session']],
  [12208, [12209, 'FindServersOnNetwork', 'session']],
  [428, [431, 'GetEndpoints', 'session']],
  [437, [440, 'RegisterServer', 'session']],
  [12211, [12212, 'RegisterServer2', 'session']],
  [446, [449, 'OpenSecureChannel', 'session']],
  [452, [455, 'CloseSecureChannel', 'session']],
  [461, [464, 'CreateSession', 'session']],
  [467, [470, 'ActivateSession', 'session']],
  [473, [476, 'CloseSession', 'session']],
  [479, [482, 'Cancel', 'session']],
  [488, [491, 'AddNodes', 'program']],
  [494, [497, 'AddReferences', 'program']],
  [500, [503, 'DeleteNodes', 'program']],
  [506, [509, 'DeleteReferences', 'program']],
  [527, [530, 'Browse', 'read']],
  [533, [536, 'BrowseNext', 'read']],
  [554, [557, 'TranslateBrowsePathsToNodeIds', 'read']],
  [560, [563, 'RegisterNodes', 'read']],
  [566, [569, 'UnregisterNodes', 'read']],
  [615, [618, 'QueryFirst', 'read']],
  [621, [624, 'QueryNext', 'read']],
  [631, [634, 'Read', 'read']],
  [664, [667, 'HistoryRead', 'read']],
  [673, [676, 'Write', 'write']],
  [700, [703, 'HistoryUpdate', 'write']],
  [712, [715, 'Call', 'control']],
  [751, [754, 'CreateMonitoredItems', 'read']],
  [763, [766, 'ModifyMonitoredItems', 'read']],
  [769, [772, 'SetMonitoringMode', 'read']],
  [775, [778, 'SetTriggering', 'read']],
  [781, [784, 'DeleteMonitoredItems', 'read']],
  [787, [790, 'CreateSubscription', 'read']],
  [793, [796, 'ModifySubscription', 'read']],
  [799, [802, 'SetPublishingMode', 'read']],
  [826, [829, 'Publish', 'read']],
  [832, [835, 'Republish', 'read']],
  [841, [844, 'TransferSubscriptions', 'read']],
  [847, [850, 'DeleteSubscriptions', 'read']],
]);

/** Requests by the id of their response's binary encoding. */
export const REQUEST_OF: ReadonlyMap<number, number> = new Map(
  Array.from(SERVICES, ([request, [response]]) => [response, request]),
);

/** Attribute "Value" of a node (Part 4, Annex A.1). */
export const VALUE_ATTRIBUTE = 13;

/** Nodes of namespace 0 that tell what the server is (Part 5, 6.3.3 and 12.10). */
export const Node = {
  serverStatus: 2256,
  buildInfo: 2260,
  productName: 2261,
  productUri: 2262,
  manufacturerName: 2263,
  softwareVersion: 2264,
  buildNumber: 2265,
} as const;
