import { Link } from 'wouter-preact';
import type { Violation } from '../../data/model.ts';
import type { Column } from '../../parts/table.tsx';
import { Access, Severity, Time } from '../../parts/values.tsx';
import { bytesWords, countWords } from '../../parts/words.ts';

export const VIOLATION_KINDS: Readonly<Record<Violation['kind'], string>> = {
  'no-conduit': 'no conduit leads this way',
  'not-permitted': 'the conduit does not allow it',
  unassigned: 'an end lies in no zone',
};

export interface ViolationColumn extends Column<Violation> {
  readonly text: (violation: Violation) => string | number | null;
}

export const HIDDEN_VIOLATION_COLUMNS: readonly string[] = ['packets', 'firstSeen', 'lastSeen'];

export function violationColumns(
  zoneName: (id: string | null) => string,
  nameOf: (id: string) => string,
): readonly ViolationColumn[] {
  const end = (address: string, id: string | null) => <span title={address}>{id === null ? address : nameOf(id)}</span>;
  return [
    {
      id: 'severity',
      heading: 'Severity',
      width: '112px',
      sortable: true,
      cell: ({ severity }) => <Severity of={severity} />,
      text: ({ severity }) => severity,
    },
    {
      id: 'border',
      heading: 'Border',
      width: '220px',
      sortable: true,
      cell: ({ fromZone, toZone }) => {
        const words = `${zoneName(fromZone)} → ${zoneName(toZone)}`;
        if (fromZone === null || toZone === null || fromZone === toZone) return <span title={words}>{words}</span>;
        return (
          <Link
            href={`/zones?from=${encodeURIComponent(fromZone)}&to=${encodeURIComponent(toZone)}`}
            title={`${words}: decide about this border`}
            onClick={(event: Event) => event.stopPropagation()}
          >
            {words}
          </Link>
        );
      },
      text: ({ fromZone, toZone }) => `${zoneName(fromZone)} → ${zoneName(toZone)}`,
    },
    {
      id: 'client',
      heading: 'Client',
      width: '140px',
      sortable: true,
      cell: ({ client, clientId }) => end(client, clientId),
      text: ({ client }) => client,
    },
    {
      id: 'server',
      heading: 'Server',
      width: '140px',
      sortable: true,
      cell: ({ server, serverId }) => end(server, serverId),
      text: ({ server }) => server,
    },
    {
      id: 'protocol',
      heading: 'Protocol',
      width: '90px',
      sortable: true,
      cell: ({ protocol }) => protocol,
      text: ({ protocol }) => protocol,
    },
    {
      id: 'access',
      heading: 'Access',
      width: '90px',
      sortable: true,
      cell: ({ access }) => <Access of={access} />,
      text: ({ access }) => access,
    },
    {
      id: 'kind',
      heading: 'Why',
      sortable: true,
      cell: ({ kind }) => <span class="soft">{VIOLATION_KINDS[kind]}</span>,
      text: ({ kind }) => VIOLATION_KINDS[kind],
    },
    {
      id: 'packets',
      heading: 'Packets',
      width: '80px',
      number: true,
      sortable: true,
      cell: ({ packets }) => countWords(packets),
      text: ({ packets }) => packets,
    },
    {
      id: 'bytes',
      heading: 'Traffic',
      width: '80px',
      number: true,
      sortable: true,
      cell: ({ bytes }) => bytesWords(bytes),
      text: ({ bytes }) => bytes,
    },
    {
      id: 'firstSeen',
      heading: 'First heard',
      width: '196px',
      sortable: true,
      cell: ({ firstSeen }) => firstSeen !== null && <Time at={firstSeen} />,
      text: ({ firstSeen }) => firstSeen,
    },
    {
      id: 'lastSeen',
      heading: 'Last heard',
      width: '196px',
      sortable: true,
      cell: ({ lastSeen }) => lastSeen !== null && <Time at={lastSeen} />,
      text: ({ lastSeen }) => lastSeen,
    },
  ];
}
