/** Services of PROFINET's context management: IEC 61158-6-10, clause 4.10 (RPC) and 5.2 (blocks and records). */
import type { Access, Operation } from '../protocol.ts';

/** Operation numbers of the RPC interfaces. */
export const Service = { connect: 0, release: 1, read: 2, write: 3, control: 4, readImplicit: 5 } as const;

/** Records below belong to the user's application; from here on the standard says what they hold. */
const FIRST_STANDARD_RECORD = 0x8000;

/** The number of an operation: the service, and whether its record is one of the standard's. */
export function numbered(service: number, record: number): number {
  return record >= FIRST_STANDARD_RECORD ? service | 0x100 : service;
}

const SERVICES: readonly (readonly [name: string, access: Access, ofStandardRecord: Access])[] = [
  ['Connect', 'session', 'session'],
  ['Release', 'session', 'session'],
  ['Read', 'read', 'diagnostic'],
  ['Write', 'write', 'program'], // addresses, names, ports and topology are records of the standard
  ['Control', 'session', 'session'],
  ['Read Implicit', 'read', 'diagnostic'],
];

/** What an operation number means; codes are the RPC operation in decimal. */
export function operation(number: number): Operation {
  const service = number & 0xff;
  const [name, access, ofStandardRecord] = SERVICES[service] ?? [`Operation ${service}`, 'write', 'program'];
  const standard = number > 0xff;
  return {
    code: `${service}`,
    name: standard ? `${name} (standard record)` : name,
    access: standard ? ofStandardRecord : access,
  };
}
