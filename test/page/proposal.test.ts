/** What the page shows of a proposal that nobody saved, and what it hands out as files. */
import { expect, test } from 'vitest';
import type { Conduit, Zone, ZoneMember } from '../../api/web/data/model.ts';
import { moveAsset } from '../../api/web/views/zones/draft.ts';
import { membersWithProposal, withProposal } from '../../api/web/views/zones/proposal.ts';
import type { Preview } from '../../api/web/views/zones/use-draft.ts';

const zone = (
  reasons: readonly string[],
  rationale: readonly string[],
  securityLevelTarget: Zone['securityLevelTarget'] = 2,
) => ({
  ...{ id: 'cell', name: 'Cell', kind: 'control' as const, securityLevelTarget, addresses: [] },
  ...{ reasons, rationale, locked: false },
});
const conduit = (to: string, status: Conduit['status']): Conduit => ({
  ...{ id: `cell--${to}`, from: 'cell', to, status, allow: [], decision: null, traffic: null },
  boundary: { observed: 'unknown', macs: [], reasons: [] },
});
const member = (assetId: string, reasons: readonly string[]): ZoneMember => {
  return { assetId, reasons, runnerUp: null, margin: 1, placedBy: 'policy' };
};
const preview = (target: Zone['securityLevelTarget']): Preview => ({
  zones: [{ ...zone(['defined by the policy'], ['set by the policy'], target), members: [] }],
  conduits: [conduit('office', 'approved'), conduit('field', 'approved')],
  violations: [],
  unusedConduits: [],
});
const proposed = {
  zones: [{ ...zone(['holds controllers'], ['runs the process']), assetCount: 1 } satisfies Zone],
  conduits: [conduit('office', 'rejected')],
};

test('a zone that the draft leaves as it is has the reasons of its proposal', () => {
  const [shown] = withProposal(preview(2), proposed).zones;
  expect(shown).toMatchObject({ reasons: ['holds controllers'], rationale: ['runs the process'] });
});

test('a target that the draft sets is not reasoned for by the proposal', () => {
  expect(withProposal(preview(4), proposed).zones[0]?.rationale).toEqual(['set in the draft']);
});

test('conduits are proposed until somebody decided about them', () => {
  expect(withProposal(preview(2), proposed).conduits.map(({ status }) => status)).toEqual(['rejected', 'proposed']);
});

test('a member is here for the reasons of its proposal, or because the draft moved it', () => {
  const members = [member('ip-10.0.0.1', ['has the address']), member('ip-10.0.0.2', ['has the address'])];
  const shown = membersWithProposal(members, [member('ip-10.0.0.1', ['is judged plc'])]);
  expect(shown.map(({ reasons }) => reasons)).toEqual([['is judged plc'], ['moved here in the draft']]);
});

test.each([
  ['{ip: 10.0.0.1}', '{ip: 10.0.0.2}'],
  ['{ ip: 10.0.0.1 }', '{ ip: 10.0.0.2 }'],
])('moving an asset changes its lines alone, braces as they were: %s', (one, two) => {
  const text = `version: 1
zones:
  - id: cell
    members:
      - ${one}
      - ${two}
  - id: office
    members: []
`;
  const after = moveAsset(['10.0.0.2'], 'office')(text);
  expect(after).toContain(`      - ${one}\n  - id: office`);
  expect(after).toContain(two);
});
