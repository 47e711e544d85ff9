/** How much a flow that crosses a border unbidden matters. */
import { isGlobal } from '../model/address.ts';
import { SEVERITIES, type Severity } from '../severity.ts';
import type { ZoneKind } from '../zones/zone.ts';
import type { PolicyZone } from './policy.ts';
import type { Violation } from './violation.ts';

/** Zones in which the process is commanded: whoever reaches them reaches it. */
const PROCESS: ReadonlySet<ZoneKind> = new Set(['control', 'field']);
/** Zones that are not the plant's own ground. */
const OUTSIDE: ReadonlySet<ZoneKind> = new Set(['enterprise', 'remote', 'external']);
/** Protocols that hand over a device as a whole: a shell or a screen. */
const INTERACTIVE: ReadonlySet<string> = new Set(['ssh', 'telnet', 'rdp', 'vnc', 'teamviewer']);

const [LOW, MEDIUM, HIGH, CRITICAL] = [0, 1, 2, 3] as const;

/** An end of a flow as its weight is judged. */
interface End {
  readonly address: string;
  /** Null: in no zone. */
  readonly zone: PolicyZone | null;
}

/**
 * The severity of a violation, and why. What changes or commands outranks what reads; a way into the process from outside
 * the plant, or out of it into the internet, weighs one step more; a safety zone outranks all.
 * @param upkeepOnly the protocol is allowed, and what is not is no more than diagnosis and the upkeep of sessions
 */
export function severityOf(
  { protocol, accesses }: Pick<Violation, 'protocol' | 'accesses'>,
  client: End,
  server: End,
  upkeepOnly: boolean,
): { readonly severity: Severity; readonly reasons: readonly string[] } {
  const reasons: string[] = [];
  let weight: number = upkeepOnly ? LOW : MEDIUM;
  const strongest = accesses.findLast((access) => access === 'program' || access === 'control' || access === 'write');
  if (strongest !== undefined) {
    weight = HIGH;
    reasons.push(DEEDS[strongest]);
  } else if (INTERACTIVE.has(protocol)) {
    weight = HIGH;
    reasons.push(`${protocol} hands the device over to whoever logs in`);
  } else if (accesses.includes('read')) {
    reasons.push('it reads values');
  }
  if (isOutside(client) && server.zone !== null && PROCESS.has(server.zone.kind)) {
    weight++;
    reasons.push(`it comes from outside the plant's operations into a ${server.zone.kind} zone`);
  } else if (isInternet(server) && client.zone !== null && !OUTSIDE.has(client.zone.kind)) {
    weight++;
    reasons.push(`it leads from a ${client.zone.kind} zone to the internet`);
  }
  if (client.zone?.kind === 'safety' || server.zone?.kind === 'safety') {
    weight = CRITICAL;
    reasons.push(
      `it crosses the border of a safety zone, ${(server.zone?.kind === 'safety' ? server : client).zone?.name}`,
    );
  }
  return { severity: SEVERITIES[Math.min(weight, CRITICAL)] as Severity, reasons };
}

const DEEDS = {
  write: 'it writes values',
  control: 'it commands the process or the controller',
  program: 'it moves or changes logic, configuration or firmware',
} as const;

function isInternet({ address, zone }: End): boolean {
  return zone === null ? isGlobal(address) : zone.kind === 'external' && isGlobal(address);
}

function isOutside({ address, zone }: End): boolean {
  return zone === null ? isGlobal(address) : OUTSIDE.has(zone.kind);
}
