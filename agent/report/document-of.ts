/** The chapters of the report, in the order of a gap assessment: summary, its five steps, what proves them. */
import { communicationBlocks } from './chapters/communication.ts';
import { gapBlocks } from './chapters/gaps.ts';
import { levelBlocks } from './chapters/levels.ts';
import { claimBlocks, methodBlocks } from './chapters/method.ts';
import { registerBlocks } from './chapters/register.ts';
import { roadmapBlocks } from './chapters/roadmap.ts';
import { scopeBlocks } from './chapters/scope.ts';
import { summaryBlocks } from './chapters/summary.ts';
import { zoneMappingBlocks } from './chapters/zone-mapping.ts';
import type { ReportDocument } from './document.ts';
import { type Dossier, fileName } from './dossier.ts';
import { durationText, timeText } from './numbers.ts';
import { counted, listed } from './words.ts';

export function documentOf(dossier: Dossier): ReportDocument {
  return {
    title: 'IEC 62443 gap assessment',
    subtitle: subtitle(dossier),
    chapters: [
      { id: 'summary', title: 'Summary', blocks: summaryBlocks(dossier) },
      { id: 'scope', title: '1 Scope', blocks: scopeBlocks(dossier) },
      { id: 'zones', title: '2 Zones and conduits', blocks: zoneMappingBlocks(dossier) },
      { id: 'levels', title: '3 Security levels', blocks: levelBlocks(dossier) },
      { id: 'gaps', title: '4 Gaps', blocks: gapBlocks(dossier) },
      { id: 'roadmap', title: '5 Roadmap', blocks: roadmapBlocks(dossier) },
      { id: 'register', title: 'A Asset register', blocks: registerBlocks(dossier) },
      { id: 'communication', title: 'B Communication matrix', blocks: communicationBlocks(dossier) },
      { id: 'method', title: 'C Method', blocks: methodBlocks(dossier) },
      { id: 'claims', title: 'D What this report does not claim', blocks: claimBlocks() },
    ],
  };
}

function subtitle({ plant }: Dossier): string {
  const { files, packets, firstSeen, lastSeen } = plant.snapshot.capture;
  const parts = [
    listed(
      files.map(({ name }) => fileName(name)),
      3,
    ),
    counted(packets, 'packet'),
  ];
  if (firstSeen !== null && lastSeen !== null) {
    parts.push(`${timeText(firstSeen)} and ${durationText((lastSeen - firstSeen) / 1e6)} on`);
  }
  return parts.filter((part) => part !== '').join(' · ');
}
