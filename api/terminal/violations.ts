/** Flows that a policy does not allow, for a person at a terminal. */
import type { Plant } from '../../agent/plant.ts';
import type { PolicyCheck } from '../../agent/policy/check-policy.ts';
import type { Violation } from '../../agent/policy/violation.ts';
import { countText, timeText } from '../../agent/report/numbers.ts';
import { visible } from '../../agent/report/visible.ts';
import { SEVERITIES } from '../../agent/severity.ts';
import { tableText } from './table.ts';

/** Violations that are listed before the rest is only counted. */
const MOST_VIOLATIONS = 100;

/** `8: 2 critical, 5 high, 1 medium` */
export function violationCount({ violations }: PolicyCheck): string {
  const counts = [...SEVERITIES]
    .reverse()
    .map((severity) => [violations.filter((violation) => violation.severity === severity).length, severity] as const)
    .filter(([count]) => count > 0)
    .map(([count, severity]) => `${countText(count)} ${severity}`);
  return violations.length === 0 ? '0' : `${countText(violations.length)}: ${counts.join(', ')}`;
}

/** A table of the violations, the most severe first, grouped by the border that they cross. */
export function violationTable(plant: Plant, violations: readonly Violation[]): string {
  if (violations.length === 0) return '  none: everything that was heard is allowed';
  const shown = violations.slice(0, MOST_VIOLATIONS);
  const label = labels(plant);
  const rows = shown.map((violation) => {
    const { severity, client, clientId, server, serverId, kind, firstSeen, samples } = violation;
    const frame = samples[0] === undefined ? '' : `${fileName(samples[0].file)} frame ${samples[0].frame}`;
    const who = [label(client, clientId), label(server, serverId)];
    return [severity, ...who, what(violation), WHY[kind], timeText(firstSeen), frame];
  });
  const columns = [
    { heading: 'severity' },
    { heading: 'client', most: 36 },
    { heading: 'server', most: 36 },
    { heading: 'what', most: 64 },
    { heading: 'why' },
    { heading: 'first seen' },
    { heading: 'in', most: 48 },
  ];
  const [headings = '', ...lines] = tableText(columns, rows).split('\n');
  const borders = new Map<string, string[]>();
  for (const [index, violation] of shown.entries()) {
    const border = `${violation.fromZone ?? 'no zone'} → ${violation.toZone ?? 'no zone'}`;
    borders.set(border, [...(borders.get(border) ?? []), lines[index] ?? '']);
  }
  const groups = [...borders].map(([border, group]) => `\n  ${visible(border)}\n${group.join('\n')}`);
  const left = violations.length - shown.length;
  const more = left > 0 ? `\n  … and ${countText(left)} more: --json has them all` : '';
  return `${headings}${groups.join('\n')}${more}`;
}

const WHY: Readonly<Record<Violation['kind'], string>> = {
  'no-conduit': 'no conduit',
  'not-permitted': 'not permitted',
  unassigned: 'in no zone',
};

/** `modbus tcp/502, write: Write Multiple Registers ×3`; `unanswered` where nobody was heard to reply. */
function what({ protocol, transport, port, access, operations, attempt }: Violation): string {
  const place = port === null || protocol === `${transport}/${port}` ? '' : ` ${transport}/${port}`;
  const deeds = operations
    .filter((operation) => operation.access === access)
    .map(({ name, requests, responses }) => `${name} ×${countText(Math.max(requests, responses))}`);
  const doing = access === null ? '' : `, ${access}: ${deeds.join('; ')}`;
  return `${protocol}${place}${attempt ? ', unanswered' : ''}${doing}`;
}

/** Addresses with the name of the device that has them. */
function labels({ assets }: Plant): (address: string, assetId: string | null) => string {
  const names = new Map(assets.all.map(({ id, names }) => [id, names[0]]));
  return (address, assetId) => {
    const name = assetId === null ? undefined : names.get(assetId);
    return name === undefined ? address : `${address} ${name}`;
  };
}

function fileName(path: string): string {
  return path.replace(/^.*[/\\]/, '');
}
