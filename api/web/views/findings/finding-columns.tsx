import type { Finding } from '../../data/model.ts';
import type { Column } from '../../parts/table.tsx';
import { Severity, Time } from '../../parts/values.tsx';
import { countWords } from '../../parts/words.ts';

/** What a row of the findings may say. */
export interface FindingColumn extends Column<Finding> {
  /** What is written in sentences stands below the title. */
  readonly below?: true;
  readonly text: (finding: Finding) => string | null;
}

/** The finding's name is no choice. */
export const TITLE: FindingColumn = {
  id: 'title',
  heading: 'Title',
  cell: ({ title }) => title,
  text: ({ title }) => title,
};

export const HIDDEN_FINDING_COLUMNS: readonly string[] = ['evidence', 'disturbs', 'technique', 'firstSeen', 'lastSeen'];

export function findingColumns(zoneName: (id: string | null) => string): readonly FindingColumn[] {
  return [
    {
      id: 'severity',
      heading: 'Severity',
      width: '88px',
      cell: ({ severity }) => <Severity of={severity} />,
      text: ({ severity }) => severity,
    },
    { id: 'why', heading: 'Why', below: true, cell: ({ why }) => why, text: ({ why }) => why },
    {
      id: 'evidence',
      heading: 'Evidence',
      below: true,
      cell: ({ evidence }) => evidence.join('; '),
      text: ({ evidence }) => evidence.join('; '),
    },
    {
      id: 'zones',
      heading: 'Zones',
      width: '170px',
      cell: ({ zones }) => {
        const names = zones.map(zoneName).join(', ');
        return (
          <span title={names}>
            {zones.length === 0 ? 'whole plant' : zones.length === 1 ? names : `${countWords(zones.length)} zones`}
          </span>
        );
      },
      text: ({ zones }) => zones.map(zoneName).join('; '),
    },
    {
      id: 'assets',
      heading: 'Assets',
      width: '84px',
      number: true,
      cell: ({ assets }) =>
        assets.length > 0 && `${countWords(assets.length)} ${assets.length === 1 ? 'asset' : 'assets'}`,
      text: ({ assets }) => assets.join('; '),
    },
    {
      id: 'requirement',
      heading: 'Requirement',
      width: '56px',
      cell: ({ requirement }) => <span class="soft">{requirement}</span>,
      text: ({ requirement }) => requirement,
    },
    {
      id: 'technique',
      heading: 'ATT&CK',
      width: '56px',
      cell: ({ technique }) => <span class="soft">{technique}</span>,
      text: ({ technique }) => technique,
    },
    {
      id: 'firstSeen',
      heading: 'First heard',
      width: '180px',
      cell: ({ firstSeen }) => firstSeen !== null && <Time at={firstSeen} />,
      text: ({ firstSeen }) => firstSeen,
    },
    {
      id: 'lastSeen',
      heading: 'Last heard',
      width: '180px',
      cell: ({ lastSeen }) => lastSeen !== null && <Time at={lastSeen} />,
      text: ({ lastSeen }) => lastSeen,
    },
    { id: 'mend', heading: 'To do', cell: ({ mend }) => mend, text: ({ mend }) => mend },
    {
      id: 'disturbs',
      heading: 'May disturb',
      below: true,
      cell: ({ disturbs }) => disturbs,
      text: ({ disturbs }) => disturbs,
    },
  ];
}
