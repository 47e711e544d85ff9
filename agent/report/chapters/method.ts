/** How the report was made, so that another person gets the same; and what it does not claim. */
import { type Block, code, type Row, strong, UNKNOWN } from '../document.ts';
import type { Dossier } from '../dossier.ts';
import { countText } from '../numbers.ts';

export function* methodBlocks({ assessment, plant }: Dossier): Generator<Block> {
  const { tool, version, policySha256, rules, captures } = assessment.method;
  yield {
    block: 'paragraph',
    text: 'Everything here follows from the captures by fixed rules, without clock or chance: the same captures, the same policy and the same version give the same report. No packet was sent.',
  };
  yield {
    block: 'terms',
    items: [
      ['Tool', `${tool} ${version}`],
      ['Captures', `${countText(captures.length)}: names and SHA-256 are in the scope`],
      ['Policy', policySha256 === null ? 'none given' : ['SHA-256 ', code(policySha256)]],
      [
        'Levels',
        'IEC 62443-3-3: security levels and system requirements (SR); IEC 62443-3-2: zone and conduit requirements (ZCR)',
      ],
      [
        'Frames',
        ['numbered from 1 within a capture, as other tools do: ', code('tshark -r FILE -Y "frame.number == 12" -V')],
      ],
    ],
  };
  if (rules.length > 0) {
    const counts = new Map<string, number>();
    for (const { rule } of plant.findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    yield {
      block: 'table',
      caption: 'Rules that were applied',
      columns: [
        { heading: 'rule' },
        { heading: 'what it looks for', wide: true },
        { heading: 'requirement' },
        { heading: 'findings', number: true },
      ],
      rows: rules.map(
        ({ id, title, requirement }): Row => ({
          id: `rule-${id}`,
          cells: [code(id), title, requirement, counts.has(id) ? countText(counts.get(id) ?? 0) : UNKNOWN],
        }),
      ),
    };
  }
}

export function claimBlocks(): Block[] {
  return [
    {
      block: 'list',
      items: [
        [
          strong('No compliance and no certificate. '),
          'A listener sees traffic; a conformity assessment looks at processes, people and configuration too.',
        ],
        [
          strong('No achieved level upwards. '),
          'A cap is a ceiling from what was heard; “no cap” is silence, not proof.',
        ],
        [
          strong('No safety statement. '),
          'Zones named safety are so by role and traffic; functional safety is judged by other standards.',
        ],
        [
          strong('No statement about what was silent. '),
          'Devices, services and firewall rules that had no traffic in the time listened to are not in here.',
        ],
        [
          strong('No boundary observed is not no boundary. '),
          'A transparent firewall passes frames as if it were not there.',
        ],
      ],
    },
  ];
}
