/** The named schemas: `components/schemas` of the OpenAPI document. */
import type { TSchema } from 'typebox';
import { AssessmentSchema, AttestationSchema } from './assessment.ts';
import { AssetSchema, EvidenceSchema, HistorySchema } from './asset.ts';
import { FindingSchema } from './findings.ts';
import { ProblemSchema } from './problem.ts';
import { AuditSchema, CaptureSchema, DecisionSchema, EventSchema } from './records.ts';
import { ConversationSchema, OperationSchema, PairSchema } from './traffic.ts';
import {
  ConduitSchema,
  MemberSchema,
  PolicyPreviewSchema,
  PolicyVersionSchema,
  ViolationSchema,
  ZoneSchema,
} from './zoning.ts';

export const SCHEMAS: readonly TSchema[] = [
  AssessmentSchema,
  AssetSchema,
  AttestationSchema,
  AuditSchema,
  CaptureSchema,
  ConduitSchema,
  ConversationSchema,
  DecisionSchema,
  EventSchema,
  EvidenceSchema,
  FindingSchema,
  HistorySchema,
  MemberSchema,
  OperationSchema,
  PairSchema,
  PolicyPreviewSchema,
  PolicyVersionSchema,
  ProblemSchema,
  ViolationSchema,
  ZoneSchema,
];
