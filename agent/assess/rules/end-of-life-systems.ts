import type { Asset } from '../../model/asset.ts';
import type { EvidenceSnapshot } from '../../model/snapshot.ts';
import { isOt } from '../plant-view.ts';
import { kindOfProtection, type Shown } from '../protections.ts';
import type { Rule } from '../rule.ts';
import { ofShown } from '../shown-finding.ts';
import { count } from '../words.ts';

/** Systems whose makers stopped giving security updates: Microsoft's lifecycle pages, as of 2025. Windows 10's ended in October 2025. */
const UNSUPPORTED =
  /\bWindows (95|98|ME|NT 4|NT 5\.\d|NT 6\.[0-3]|CE|2000|XP|Vista|7|8(\.1)?|Server 2003|Server 2008)\b|\bLinux 2\.[0-6]|\bVxWorks 5\b|\bSunOS 5\.[0-9]\b/i;

/** Others announce themselves as one of these: Samba in particular. */
const IMITATED = /or compatible/i;

export const endOfLifeSystems: Rule = {
  id: 'end-of-life-systems',
  title: 'Systems that get no security updates any more',
  requirement: 'SR 7.6',
  against: [],
  pointsAt: ['SR 7.7'],
  measure: 'renew-systems',
  technique: 'T0866',
  evaluate(view) {
    const shown = view.devices.flatMap((asset): Shown[] => {
      if (view.kindOf(asset) === 'external') return [];
      const entry = tellingAge(asset);
      return entry === undefined ? [] : [{ asset, entry }];
    });
    if (shown.length === 0) return [];
    const parts = ofShown(shown, view);
    const inPlant = shown.some(({ asset }) => isOt({ kind: view.kindOf(asset) }));
    return [
      {
        about: null,
        title: `${count(parts.assets.length, 'asset tells', 'assets tell')} of a system without security updates`,
        why: 'Known weaknesses of these systems stay open; worms that use them are still about.',
        severity: inPlant ? 'high' : 'medium',
        ...parts,
        mend: 'Renew them with the supplier of the application; until then shield them, and switch SMB 1 off.',
        disturbs: 'The application that runs on them, which has to be released for the new system.',
      },
    ];
  },
};

/** The strongest thing the asset itself says of an old system. What a browser calls its system, others may have said. */
function tellingAge({ evidence }: Asset): EvidenceSnapshot | undefined {
  return evidence.find(
    (entry) =>
      (entry.field === 'os' && UNSUPPORTED.test(entry.value) && !IMITATED.test(entry.value)) ||
      (entry.field === 'protection' && kindOfProtection(entry) === 'obsolete-system'),
  );
}
