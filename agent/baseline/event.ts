/** What happened in a plant, or changed since a baseline, that an operator should look at. */
import { compareText } from '../model/order.ts';
import type { FrameReference } from '../model/snapshot.ts';
import { SEVERITIES, type Severity } from '../severity.ts';
import type { Suppression } from './suppression.ts';

interface Kind {
  /** What it means, for the documentation. */
  readonly meaning: string;
  /** Before the rules of `severityOf`. */
  readonly severity: Severity;
  /** MITRE ATT&CK for ICS, version 19; null where none fits. */
  readonly technique: string | null;
  /** What a person should do about it, for the documentation. */
  readonly todo: string;
}

/** Kinds of event. Those of the first part are told from a plant alone, those of the second need a baseline. */
export const EVENT_KINDS = {
  'controller-stop': {
    meaning: 'A controller was told to stop its program, or said that it stopped.',
    severity: 'high',
    technique: 'T0858',
    todo: 'Ask who works on the controller. Without a work order: check the process, then the station that asked.',
  },
  'controller-start': {
    meaning: 'A controller was told to run its program, or said that it runs.',
    severity: 'medium',
    technique: 'T0858',
    todo: 'Ask who works on the controller; compare its program with the released one.',
  },
  'controller-restart': {
    meaning: 'A controller was told to begin anew: warm or cold restart, reset, memory reset.',
    severity: 'high',
    technique: 'T0816',
    todo: 'Ask who works on the controller. Without a work order: check the process, then the station that asked.',
  },
  'mode-change': {
    meaning:
      'The operating mode of a controller was changed; into which, the request does not show or it is another than run and stop.',
    severity: 'medium',
    technique: 'T0858',
    todo: 'Look at the mode the controller is in now; lock it by key switch where it has one.',
  },
  'program-download': {
    meaning: 'Logic or configuration was written into a controller, put to use or deleted in it.',
    severity: 'high',
    technique: 'T0843',
    todo: 'Match it with a change order. Without one: compare the program with the released one before anything else.',
  },
  'program-upload': {
    meaning: 'Logic or configuration was read out of a controller.',
    severity: 'medium',
    technique: 'T0845',
    todo: 'Ask whether it was a backup or an engineer; otherwise somebody studies the process.',
  },
  'firmware-update': {
    meaning: 'Firmware was written into a device.',
    severity: 'high',
    technique: 'T1693',
    todo: "Match it with a change order and the vendor's release; verify the version the device tells now.",
  },
  'device-settings': {
    meaning: 'The address, name or communication settings of a device were set.',
    severity: 'medium',
    technique: 'T0836',
    todo: 'Match it with a change order: a renamed or readdressed device is lost to its controller.',
  },
  'address-conflict': {
    meaning: 'Two MAC addresses claim the same IP address in the same network.',
    severity: 'high',
    technique: 'T0830',
    todo: 'Find both devices at their switch ports. Redundant pairs that hand over an address are suppressed with that reason.',
  },
  'arp-spoofing': {
    meaning: 'One MAC address claims several IP addresses that others claim as well.',
    severity: 'critical',
    technique: 'T0830',
    todo: 'Take the port of that MAC address off the network and look at the machine: it may read and change the traffic between the others.',
  },
  scan: {
    meaning: 'One source tried many addresses, many ports of a device, or many units behind one, in vain.',
    severity: 'high',
    technique: 'T0846',
    todo: 'Ask whether it was an inventory tool. Otherwise look at the machine: it searches for targets. Scans upset old controllers.',
  },
  'limits-reached': {
    meaning: 'More addresses, connections or statements were heard than this program keeps: some were only counted.',
    severity: 'medium',
    technique: 'T0814',
    todo: 'Look at who sends so much: the findings on floods and scans name services and senders. What the plant itself says is kept.',
  },
  'malformed-messages': {
    meaning: 'Many messages contradict the specification of their protocol.',
    severity: 'medium',
    technique: 'T0814',
    todo: 'Look at the frames: a faulty device, a protocol used in an unusual way, or somebody who tries what a device does with broken input.',
  },
  'exception-burst': {
    meaning: 'A device refuses a large share of what a client asks.',
    severity: 'low',
    technique: null,
    todo: 'Correct the addresses the client asks for; if it was never set up so, somebody probes the device.',
  },
  'loss-of-view': {
    meaning: 'A device that answered a client steadily does not any more, while the client goes on asking.',
    severity: 'high',
    technique: 'T0829',
    todo: 'Check the device, its power and its link: what operators see of it may be frozen.',
  },
  'new-asset': {
    meaning: 'A device is heard that the baseline does not know, with whom it talks.',
    severity: 'medium',
    technique: 'T0864',
    todo: 'Find out whose it is and who connected it; add it to the inventory or take it off.',
  },
  'new-conversation': {
    meaning: 'Two devices talk that did not, or over a service they did not use.',
    severity: 'low',
    technique: null,
    todo: 'Ask what it serves; if it is wanted, give it a conduit.',
  },
  'new-operation': {
    meaning: 'A client asks a device for something it did not ask for before.',
    severity: 'low',
    technique: null,
    todo: 'Ask what changed in the client: a new screen, a new version, or somebody at its keyboard.',
  },
  'new-writer': {
    meaning: 'A station writes to or commands a device of the process that it did not write to or command before.',
    severity: 'high',
    technique: 'T1692.001',
    todo: 'Make sure that this station is meant to. Two stations that write the same values fight each other.',
  },
  'new-programmer': {
    meaning: 'A station moves or changes logic, configuration or firmware of a device and did not before.',
    severity: 'critical',
    technique: 'T0843',
    todo: 'Match it with a change order and an engineering station that is meant to. Otherwise compare the program with the released one.',
  },
  'new-range': {
    meaning: 'A client reads or writes addresses, tags or units of a device that it did not touch before.',
    severity: 'low',
    technique: 'T0836',
    todo: 'For writes, ask what the addresses do. For reads, ask what changed in the client.',
  },
  'identity-changed': {
    meaning: 'A device says of itself something else than before: vendor, product, model, hardware or serial number.',
    severity: 'medium',
    technique: null,
    todo: 'Ask whether the device was replaced; correct the inventory.',
  },
  'firmware-changed': {
    meaning: 'A device tells another firmware version than before.',
    severity: 'medium',
    technique: 'T1693',
    todo: 'Match it with a change order; a version nobody installed is a reason to take the device out.',
  },
  'address-moved': {
    meaning: 'An IP address is used by another MAC address than before.',
    severity: 'medium',
    technique: 'T0830',
    todo: 'Ask whether the device or its network card was replaced; otherwise somebody poses as it.',
  },
  'asset-silent': {
    meaning:
      'A device that spoke at regular intervals is not heard any more, in a capture long enough and of the same network.',
    severity: 'medium',
    technique: 'T0829',
    todo: 'Check the device, its power and its link; take it off the inventory if it was removed.',
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type EventKind = keyof typeof EVENT_KINDS;

/** The conversation an event is about. */
export interface EventConversation {
  readonly client: string;
  readonly server: string;
  readonly transport: string;
  readonly port: number | null;
  readonly protocol: string;
}

/** Times are microseconds since 1970. */
export interface PlantEvent {
  /** Stable: the kind and what it is about. The same thing heard again has the same id. */
  readonly id: string;
  readonly kind: EventKind;
  readonly severity: Severity;
  /** In plain words, e.g. "PLC 10.0.0.1 was stopped by 10.0.0.9". */
  readonly title: string;
  /** What was heard, and why it is that severe; each true by itself. */
  readonly reasons: readonly string[];
  /** Ids of the assets it is about. */
  readonly assets: readonly string[];
  /** The conversation it was heard in, or the first of several. */
  readonly conversation: EventConversation | null;
  readonly technique: string | null;
  /** Null where only the baseline knows: something is not heard any more. */
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
  readonly samples: readonly FrameReference[];
  /** Values that it had and has; empty where it is not about values. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Why nobody wants to be told; null for what is told. */
  readonly suppressed: Suppression | null;
}

/** What is told of an event when it is made. */
export interface EventFacts extends Partial<Omit<PlantEvent, 'id' | 'kind' | 'severity' | 'suppressed'>> {
  /** What it is about, for its id. */
  readonly about: string;
  readonly title: string;
  /** In place of the kind's. */
  readonly severity?: Severity;
  /** Of what moves the severity by a step, what is the case. */
  readonly weight?: Weight;
}

/** What moves the severity of an event from that of its kind by a step each. */
export interface Weight {
  /** A safety controller is concerned: the last barrier. One step up. */
  readonly safety?: boolean;
  /** Somebody notices: the device is asked for in vain. One step up. */
  readonly missed?: boolean;
  /** The device declined all of it, or nobody answered: it was tried. One step down. */
  readonly attempt?: boolean;
}

/** Frames that prove one event, at most. */
const MOST_SAMPLES = 5;
/** Reasons that one event lists; the rest is counted. */
const MOST_REASONS = 12;

export function eventOf(kind: EventKind, facts: EventFacts): PlantEvent {
  const { about, severity = EVENT_KINDS[kind].severity, weight = {}, ...told } = facts;
  const { safety = false, missed = false, attempt = false } = weight;
  const reasons = [...listed(told.reasons ?? [])];
  if (safety) reasons.push('It concerns a safety controller: one step more severe.');
  if (attempt) reasons.push('Nothing of it was accepted: one step less severe.');
  return {
    id: `${kind}:${about}`,
    kind,
    severity: moved(severity, Number(safety) + Number(missed) - Number(attempt)),
    title: told.title,
    reasons,
    assets: [...new Set(told.assets ?? [])],
    conversation: told.conversation ?? null,
    technique: told.technique === undefined ? EVENT_KINDS[kind].technique : told.technique,
    firstSeen: told.firstSeen ?? null,
    lastSeen: told.lastSeen ?? null,
    samples: (told.samples ?? []).slice(0, MOST_SAMPLES),
    before: told.before ?? [],
    after: told.after ?? [],
    suppressed: null,
  };
}

function moved(severity: Severity, steps: number): Severity {
  const place = Math.min(SEVERITIES.length - 1, Math.max(0, SEVERITIES.indexOf(severity) + steps));
  return SEVERITIES[place] as Severity;
}

/** At most so many sentences; the rest is counted. */
export function listed(sentences: readonly string[]): string[] {
  const rest = sentences.length - MOST_REASONS;
  return rest <= 0 ? [...sentences] : [...sentences.slice(0, MOST_REASONS), `and ${rest} more`];
}

/** The most severe first, then by kind and id: the same order whatever the order of the traffic. */
export function bySeverity(a: PlantEvent, b: PlantEvent): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || compareText(a.id, b.id);
}
