/** The routes below `/api/v1`, one file for each resource. */
import type { Routes } from '../context.ts';
import { assessmentRoutes } from './assessment.ts';
import { assetRoutes } from './assets.ts';
import { captureRoutes } from './captures.ts';
import { conduitRoutes } from './conduits.ts';
import { conversationRoutes } from './conversations.ts';
import { eventRoutes } from './events.ts';
import { findingRoutes } from './findings.ts';
import { matrixRoutes } from './matrix.ts';
import { overrideRoutes } from './overrides.ts';
import { overviewRoutes } from './overview.ts';
import { policyRoutes } from './policy.ts';
import { systemRoutes } from './system.ts';
import { zoneRoutes } from './zones.ts';

export const ROUTES: readonly Routes[] = [
  systemRoutes,
  overviewRoutes,
  assetRoutes,
  overrideRoutes,
  conversationRoutes,
  matrixRoutes,
  zoneRoutes,
  conduitRoutes,
  policyRoutes,
  findingRoutes,
  assessmentRoutes,
  eventRoutes,
  captureRoutes,
];
