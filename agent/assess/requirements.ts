/**
 * The system requirements of IEC 62443-3-3:2013 by foundational requirement: from which security level on each of them
 * (and each requirement enhancement that is spoken of here) is asked for (Annex B), and what of it can be heard.
 */
import type { SecurityLevel } from '../zones/zone.ts';
import type { FoundationalRequirement } from './assessment.ts';

export interface SystemRequirement {
  readonly id: string;
  readonly title: string;
  /** The lowest security level that asks for it. */
  readonly level: SecurityLevel;
  /** Its enhancements that listening can contradict, and the lowest level that asks for each. */
  readonly enhancements: Readonly<Record<string, SecurityLevel>>;
  /** What of it can be heard, in words; null: it is not observable passively. */
  readonly heardBy: string | null;
}

const requirement = (
  id: string,
  title: string,
  level: SecurityLevel,
  heardBy: string | null = null,
  enhancements: SystemRequirement['enhancements'] = {},
): SystemRequirement => ({ id, title, level, enhancements, heardBy });

export const FOUNDATIONAL_NAMES: Readonly<Record<FoundationalRequirement, string>> = {
  1: 'Identification and authentication control',
  2: 'Use control',
  3: 'System integrity',
  4: 'Data confidentiality',
  5: 'Restricted data flow',
  6: 'Timely response to events',
  7: 'Resource availability',
};

export const FOUNDATIONAL_REQUIREMENTS: readonly FoundationalRequirement[] = [1, 2, 3, 4, 5, 6, 7];

export const SYSTEM_REQUIREMENTS: readonly SystemRequirement[] = [
  requirement('SR 1.1', 'Human user identification and authentication', 1, 'services that let anybody in'),
  requirement(
    'SR 1.2',
    'Software process and device identification and authentication',
    2,
    'protocols by what they authenticate',
  ),
  requirement('SR 1.3', 'Account management', 1),
  requirement('SR 1.4', 'Identifier management', 1),
  requirement('SR 1.5', 'Authenticator management', 1, 'logins and communities in clear, defaults among them'),
  requirement('SR 1.6', 'Wireless access management', 1, 'devices that say they are wireless'),
  requirement('SR 1.7', 'Strength of password-based authentication', 1),
  requirement('SR 1.8', 'Public key infrastructure certificates', 2, 'certificates shown in handshakes before TLS 1.3'),
  requirement('SR 1.9', 'Strength of public key authentication', 2),
  requirement('SR 1.10', 'Authenticator feedback', 1),
  requirement('SR 1.11', 'Unsuccessful login attempts', 1),
  requirement('SR 1.12', 'System use notification', 1),
  requirement('SR 1.13', 'Access via untrusted networks', 1, 'remote access from outside'),
  requirement('SR 2.1', 'Authorization enforcement', 1, 'who writes, controls and programs whom', { 'RE 2': 2 }),
  requirement('SR 2.2', 'Wireless use control', 1, 'devices that say they are wireless'),
  requirement('SR 2.3', 'Use control for portable and mobile devices', 1, 'devices that come and go'),
  requirement('SR 2.4', 'Mobile code', 1),
  requirement('SR 2.5', 'Session lock', 1),
  requirement('SR 2.6', 'Remote session termination', 2),
  requirement('SR 2.7', 'Concurrent session control', 3),
  requirement('SR 2.8', 'Auditable events', 1, 'log messages and traps sent'),
  requirement('SR 2.9', 'Audit storage capacity', 1),
  requirement('SR 2.10', 'Response to audit processing failures', 1),
  requirement('SR 2.11', 'Timestamps', 2, 'time synchronisation'),
  requirement('SR 2.12', 'Non-repudiation', 3),
  requirement('SR 3.1', 'Communication integrity', 1, 'protocols by what they protect, address conflicts', {
    'RE 1': 3,
  }),
  requirement('SR 3.2', 'Malicious code protection', 1),
  requirement('SR 3.3', 'Security functionality verification', 1),
  requirement('SR 3.4', 'Software and information integrity', 1, 'logic and firmware transfers'),
  requirement('SR 3.5', 'Input validation', 1, 'malformed messages'),
  requirement('SR 3.6', 'Deterministic output', 1),
  requirement('SR 3.7', 'Error handling', 2),
  requirement('SR 3.8', 'Session integrity', 2),
  requirement('SR 3.9', 'Protection of audit information', 2),
  requirement('SR 4.1', 'Information confidentiality', 1, 'the share of traffic in clear', { 'RE 1': 2, 'RE 2': 4 }),
  requirement('SR 4.2', 'Information persistence', 2),
  requirement('SR 4.3', 'Use of cryptography', 1, 'versions and cipher suites of TLS, SSH and SNMP'),
  requirement('SR 5.1', 'Network segmentation', 1, 'segments, boundaries and who shares them', { 'RE 2': 3 }),
  requirement('SR 5.2', 'Zone boundary protection', 1, 'flows across zone borders', { 'RE 1': 2 }),
  requirement(
    'SR 5.3',
    'General purpose person-to-person communication restrictions',
    1,
    'mail, chat and social media',
  ),
  requirement('SR 5.4', 'Application partitioning', 1),
  requirement('SR 6.1', 'Audit log accessibility', 1, 'log messages and traps sent'),
  requirement('SR 6.2', 'Continuous monitoring', 2, 'what this listener covers, other monitoring traffic'),
  requirement('SR 7.1', 'Denial of service protection', 1, 'scans, floods, broadcasts, retransmissions', { 'RE 1': 2 }),
  requirement('SR 7.2', 'Resource management', 1, 'requests that are refused or not answered'),
  requirement('SR 7.3', 'Control system backup', 1, 'uploads of logic'),
  requirement('SR 7.4', 'Control system recovery and reconstitution', 1),
  requirement('SR 7.5', 'Emergency power', 1),
  requirement('SR 7.6', 'Network and security configuration settings', 1, 'versions of firmware and systems'),
  requirement('SR 7.7', 'Least functionality', 1, 'services that are offered'),
  requirement('SR 7.8', 'Control system component inventory', 2, 'what components tell of themselves'),
];

const BY_ID: ReadonlyMap<string, SystemRequirement> = new Map(SYSTEM_REQUIREMENTS.map((entry) => [entry.id, entry]));

/** A system requirement, e.g. `SR 3.1`, or one of its enhancements, e.g. `SR 3.1 RE 1`. */
export type Clause = string;

/** The system requirement of a clause; undefined for one that is not in the table. */
export function requirementOf(clause: Clause): SystemRequirement | undefined {
  return BY_ID.get(baseOf(clause));
}

/** `SR 3.1` of `SR 3.1 RE 1`. */
export function baseOf(clause: Clause): string {
  return clause.replace(/ RE \d+$/, '');
}

/** The foundational requirement a clause belongs to; null for what is no system requirement. */
export function foundationalOf(clause: Clause): FoundationalRequirement | null {
  const number = /^SR ([1-7])\./.exec(clause)?.[1];
  return number === undefined ? null : (Number(number) as FoundationalRequirement);
}

/** The highest level that can be achieved where a clause is contradicted: one below the lowest level that asks for it. */
export function capBy(clause: Clause): SecurityLevel | null {
  const base = requirementOf(clause);
  const level = clause === base?.id ? base.level : base?.enhancements[clause.slice(baseOf(clause).length + 1)];
  return level === undefined || level === 0 ? null : ((level - 1) as SecurityLevel);
}
