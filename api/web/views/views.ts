/** The rooms of the page, in the order of the rail. Each is fetched when it is first entered. */
import {
  Activity,
  Bell,
  Boxes,
  ClipboardCheck,
  FileStack,
  Gauge,
  Grid3x3,
  Layers,
  type LucideIcon,
  Network,
  TriangleAlert,
} from 'lucide-preact';
import type { ComponentType } from 'preact';

export interface View {
  readonly path: string;
  /** What the router matches: the path and what lies below it. */
  readonly route: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

const view = (path: string, label: string, icon: LucideIcon, load: View['load']): View => ({
  path,
  route: path === '/' ? '/' : `${path}/*?`,
  label,
  icon,
  load,
});

export const VIEWS: readonly View[] = [
  view('/', 'Overview', Gauge, () => import('./overview/overview.tsx')),
  view('/map', 'Map', Network, () => import('./map/map.tsx')),
  view('/assets', 'Assets', Boxes, () => import('./assets/assets.tsx')),
  view('/matrix', 'Matrix', Grid3x3, () => import('./matrix/matrix.tsx')),
  view('/zones', 'Zones', Layers, () => import('./zones/zones.tsx')),
  view('/findings', 'Findings', TriangleAlert, () => import('./findings/findings.tsx')),
  view('/events', 'Events', Bell, () => import('./events/events.tsx')),
  view('/assessment', 'Assessment', ClipboardCheck, () => import('./assessment/assessment.tsx')),
  view('/captures', 'Captures', FileStack, () => import('./captures/captures.tsx')),
  view('/sensor', 'Sensor', Activity, () => import('./sensor/sensor.tsx')),
];
