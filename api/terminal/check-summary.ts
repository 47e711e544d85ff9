/** What comparing the traffic with a policy has shown, for a person at a terminal. */
import type { Plant } from '../../agent/plant.ts';
import type { PolicyCheck } from '../../agent/policy/check-policy.ts';
import { bytesText, countText } from '../../agent/report/numbers.ts';
import { visible } from '../../agent/report/visible.ts';
import { headingFor } from './heading.ts';
import { violationCount, violationTable } from './violations.ts';

/** @param path the name of the policy's file */
export function checkSummaryOf(plant: Plant, path: string, stream: { readonly isTTY?: boolean }): string {
  const { policy, check, snapshot, flows } = plant;
  if (policy === null || check === null) return '';
  const { packets, bytes, files } = snapshot.capture;
  const heading = headingFor(stream);
  const wanted = `${countText(policy.zones.length)} zones, ${countText(policy.conduits.length)} conduits`;
  const heard = `${countText(packets)} packets, ${bytesText(bytes)} in ${countText(files.length)} ${files.length === 1 ? 'file' : 'files'}`;
  const parts = [
    `${visible(path)}: ${wanted}; compared with ${countText(flows.length)} flows (${heard})`,
    `${heading(`VIOLATIONS  ${violationCount(check)}`)}\n${violationTable(plant, check.violations)}`,
    ...unusedText(check, heading),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What of the policy nothing used: candidates for removal, once the capture is long enough. */
function unusedText({ unusedConduits, unusedPermissions }: PolicyCheck, heading: (text: string) => string): string[] {
  const lines = [
    ...unusedConduits.map((id) => `  ${id}`),
    ...unusedPermissions.map(({ conduit, permission: { protocol, access } }) => {
      return `  ${conduit}: ${protocol}${access === null ? '' : ` ${access.join(', ')}`}`;
    }),
  ];
  return lines.length === 0 ? [] : [`${heading('NOTHING USED')}\n${lines.map(visible).join('\n')}`];
}
