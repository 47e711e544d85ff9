import { Link } from 'wouter-preact';
import type { RequirementAssessment } from '../../../../agent/assess/assessment.ts';
import { Drawer } from '../../parts/drawer.tsx';

interface RequirementDrawerProps {
  readonly zone: string;
  readonly target: number;
  readonly assessment: RequirementAssessment;
  readonly onClose: () => void;
}

const VERDICTS = {
  against: 'speaks against it',
  for: 'agrees with it',
  'not-observable': 'not observable passively',
  'not-heard': 'not heard',
} as const;

/** One foundational requirement in one zone: the cap, why, and the evidence for each system requirement. */
export function RequirementDrawer({ zone, target, assessment, onClose }: RequirementDrawerProps) {
  const { requirement, name, cap, reasons, evidence } = assessment;
  return (
    <Drawer label={`FR ${requirement} in ${zone}`} onClose={onClose} title={<h2>{`FR ${requirement} · ${name}`}</h2>}>
      <p>
        {zone}: target SL {target},{' '}
        {cap === null ? 'nothing heard caps what is achieved' : `achieved at most SL ${cap}`}
      </p>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {evidence.map(({ requirement: sr, title, verdict, statement, findings }) => (
        <section key={`${sr} ${statement}`}>
          <h3>
            {sr} {title}
          </h3>
          <p>
            <span class={verdict === 'against' ? 'chip flagged-verdict' : 'chip'}>{VERDICTS[verdict]}</span> {statement}
          </p>
          {findings.map((id) => (
            <p key={id}>
              <Link href={`/findings?open=${encodeURIComponent(id)}`}>{id}</Link>
            </p>
          ))}
        </section>
      ))}
      {assessment.attestations.map(({ id, statement, by, evidence: proof }) => (
        <p key={id}>
          <strong>Attested</strong> by {by}: {statement} <span class="soft">({proof})</span>
        </p>
      ))}
    </Drawer>
  );
}
