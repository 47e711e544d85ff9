import type { Operation } from '../protocol.ts';

/** Options this decoder looks at: RFC 2132, sections beside. */
export const Option = {
  pad: 0,
  router: 3, // 3.5
  hostName: 12, // 3.14
  messageType: 53, // 9.6
  vendorClass: 60, // 9.13
  clientIdentifier: 61, // 9.14
  fqdn: 81, // RFC 4702
  end: 255,
} as const;

export const MessageType = { discover: 1, offer: 2, request: 3, decline: 4, ack: 5, nak: 6 } as const;

/** DHCP message types (RFC 2132, section 9.6; RFC 3203; RFC 4388). Type 0 stands for plain BOOTP. */
const MESSAGES: ReadonlyMap<number, string> = new Map([
  [0, 'BOOTP'],
  [1, 'DISCOVER'],
  [2, 'OFFER'],
  [3, 'REQUEST'],
  [4, 'DECLINE'],
  [5, 'ACK'],
  [6, 'NAK'],
  [7, 'RELEASE'],
  [8, 'INFORM'],
  [9, 'FORCERENEW'],
  [10, 'LEASEQUERY'],
  [11, 'LEASEUNASSIGNED'],
  [12, 'LEASEUNKNOWN'],
  [13, 'LEASEACTIVE'],
]);

/** Every message keeps an address lease up. */
export function operation(type: number): Operation {
  return { code: `${type}`, name: MESSAGES.get(type) ?? `Message ${type}`, access: 'session' };
}
