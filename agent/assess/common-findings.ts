/** The seven things that assessors of control systems meet most, as checks. */
import type { Attestation, CommonFinding } from './assessment.ts';
import type { Finding } from './finding.ts';
import { FLAT, flatnessOf } from './flatness.ts';
import { isReporting, plantZones, zonesSending } from './monitoring-traffic.ts';
import type { PlantView } from './plant-view.ts';
import { count, percent } from './words.ts';

interface Check {
  readonly id: string;
  readonly title: string;
  /** Rules whose findings show it. */
  readonly rules: readonly string[];
  /** What was heard of it, beside the findings. */
  readonly heard: (view: PlantView) => string;
}

const CHECKS: readonly Check[] = [
  {
    id: 'no-zone-model',
    title: 'No zone and conduit model: one flat network',
    rules: ['flat-network', 'business-shares-segment', 'safety-shares-segment'],
    heard: (view) => {
      const { share } = flatnessOf(view);
      if (share === null) return 'too few control systems to judge';
      const verdict = share >= FLAT ? 'the network is flat' : 'not one flat network';
      return `${percent(share)} of the pairs of control systems could talk without passing a boundary that shows itself: ${verdict}`;
    },
  },
  {
    id: 'shared-credentials',
    title: 'Shared or default credentials',
    rules: ['default-login', 'open-access', 'cleartext-login', 'snmp-community'],
    heard: () => 'logins that pass in clear are heard; encrypted ones, and who shares a password, are not',
  },
  {
    id: 'no-monitoring',
    title: 'No monitoring of the control network',
    rules: ['silent-zones'],
    heard: (view) => {
      const zones = plantZones(view);
      if (zones.length === 0) return 'no plant zone is known';
      const sending = zonesSending(view, isReporting);
      const many = zones.filter(({ id }) => sending.has(id)).length;
      return `besides this listener, log messages or traps were heard from ${many} of ${count(zones.length, 'plant zone')}`;
    },
  },
  {
    id: 'uncontrolled-remote-access',
    title: 'Uncontrolled remote access',
    rules: ['remote-access', 'internet-ingress', 'relayed-through-dmz'],
    heard: () => 'remote access by modems, mobile routers and links beside the mirrored ones is not heard',
  },
  {
    id: 'no-patch-management',
    title: 'No patch management',
    rules: ['end-of-life-systems', 'obsolete-cryptography', 'mixed-firmware'],
    heard: ({ devices }) => {
      const told = devices.filter(
        ({ firmware, evidence }) => firmware !== null || evidence.some(({ field }) => field === 'os'),
      ).length;
      return `versions of firmware or system were heard of ${told} of ${count(devices.length, 'asset')}`;
    },
  },
  {
    id: 'no-inventory',
    title: 'Missing asset inventory',
    rules: ['incomplete-inventory'],
    heard: ({ devices }) => {
      if (devices.length === 0) return 'no asset was heard';
      const score = devices.reduce((sum, { completeness }) => sum + completeness.score, 0) / devices.length;
      return `${count(devices.length, 'asset')} were heard, on average ${percent(score)} of the attributes of CISA’s inventory guidance are known; whether the plant has a list of its own is not observable passively`;
    },
  },
];

/** IEC 62443-2-1: an incident response plan is a document and a habit. */
const INCIDENT_RESPONSE = 'Incident response';

export function commonFindingsOf(
  view: PlantView,
  findings: readonly Finding[],
  attestations: readonly Attestation[],
): CommonFinding[] {
  const checked = CHECKS.map(({ id, title, rules, heard }): CommonFinding => {
    const own = findings.filter(({ rule }) => rules.includes(rule));
    const statement = [...own.map((finding) => finding.title), heard(view)].join('; ');
    return {
      id,
      title,
      verdict: own.length > 0 ? 'found' : 'not-heard',
      statement,
      findings: own.map((finding) => finding.id),
    };
  });
  const attested = attestations.filter(
    ({ requirement }) => requirement.toLowerCase() === INCIDENT_RESPONSE.toLowerCase(),
  );
  return [
    ...checked,
    {
      id: 'no-incident-response',
      title: 'No incident response plan for the control system',
      verdict: 'not-observable',
      statement: [
        'not observable passively',
        ...attested.map(({ by, statement, evidence }) => `${by} states: ${statement} (${evidence})`),
      ].join('; '),
      findings: [],
    },
  ];
}
