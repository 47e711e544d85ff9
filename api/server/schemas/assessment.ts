import { Type } from 'typebox';
import type {
  Assessment,
  Attestation,
  CommonFinding,
  Method,
  RequirementAssessment,
  RequirementEvidence,
  RoadmapStep,
  ZoneAssessment,
} from '../../../agent/assess/assessment.ts';
import { Count, Flag, Id, list, nullable, oneOf, ref, Share, shape, Text, Texts, Time } from './values.ts';
import { Level, SeverityName } from './zoning.ts';

/** An attestation as answers have it: its time as text. */
export type AttestationEntry = Omit<Attestation, 'at'> & { readonly at: string };

export const AttestationSchema = shape<AttestationEntry>(
  { id: Id, zone: nullable(Text), requirement: Text, statement: Text, evidence: Text, by: Text, at: Time },
  'Attestation',
);

const FR = Type.Integer({ minimum: 1, maximum: 7 });

const RequirementSchema = shape<RequirementAssessment>({
  requirement: FR,
  name: Text,
  cap: nullable(Level),
  reasons: Texts,
  gap: Flag,
  evidence: list(
    shape<RequirementEvidence>({
      requirement: Text,
      title: Text,
      verdict: oneOf(['against', 'for', 'not-observable', 'not-heard']),
      statement: Text,
      findings: Texts,
    }),
  ),
  attestations: list(ref(AttestationSchema)),
});

export const AssessmentSchema = shape<Assessment>(
  {
    method: shape<Method>({
      tool: Text,
      version: Text,
      captures: list(
        Type.Object({ name: Text, sha256: nullable(Text), packets: Count }, { additionalProperties: false }),
      ),
      policySha256: nullable(Text),
      rules: list(Type.Object({ id: Text, title: Text, requirement: Text }, { additionalProperties: false })),
    }),
    blindSpots: Texts,
    flatness: nullable(Share),
    zones: list(
      shape<ZoneAssessment>({ zone: Text, securityLevelTarget: Level, requirements: list(RequirementSchema) }),
    ),
    commonFindings: list(
      shape<CommonFinding>({
        id: Text,
        title: Text,
        verdict: oneOf(['found', 'not-heard', 'not-observable']),
        statement: Text,
        findings: Texts,
      }),
    ),
    roadmap: list(
      shape<RoadmapStep>({
        order: Count,
        title: Text,
        requirement: Text,
        zones: Texts,
        findings: Texts,
        risk: SeverityName,
        effort: Type.Integer({ minimum: 1, maximum: 5 }),
        operations: oneOf(['none', 'window', 'supplier']),
        needs: Text,
        why: Text,
        how: Text,
      }),
    ),
  },
  'Assessment',
);
