/** What an asset is in the plant: its picture and its word. */
import {
  Binary,
  Building2,
  Cctv,
  CircleHelp,
  CircuitBoard,
  Clock,
  Cpu,
  Database,
  Fan,
  Globe,
  HardDrive,
  IdCard,
  Laptop,
  LayoutDashboard,
  type LucideIcon,
  Monitor,
  Network,
  Plug,
  Printer,
  RadioTower,
  Router,
  Server,
  Shield,
  ShieldAlert,
  Shuffle,
  Wrench,
} from 'lucide-preact';
import { roleWords } from '../../../agent/baseline/words.ts';
import type { Asset } from '../data/model.ts';

export const ROLE_ICONS: Readonly<Record<string, LucideIcon>> = {
  plc: Cpu,
  rtu: RadioTower,
  ied: CircuitBoard,
  'safety-controller': ShieldAlert,
  'remote-io': Plug,
  drive: Fan,
  hmi: LayoutDashboard,
  'scada-server': Server,
  'engineering-workstation': Wrench,
  historian: Database,
  gateway: Shuffle,
  'protocol-converter': Binary,
  switch: Network,
  router: Router,
  firewall: Shield,
  server: HardDrive,
  'domain-controller': IdCard,
  workstation: Monitor,
  printer: Printer,
  camera: Cctv,
  clock: Clock,
  'external-host': Globe,
  unknown: CircleHelp,
  laptop: Laptop,
  office: Building2,
};

interface RoleProps {
  readonly of: Asset['role'];
  /** Why it is held for that. */
  readonly reasons?: readonly string[];
}

export function Role({ of, reasons = [] }: RoleProps) {
  const Icon = ROLE_ICONS[of];
  return (
    <span title={reasons.join('; ')}>
      {Icon !== undefined && <Icon size={15} class="role-icon" aria-hidden="true" />} {roleWords(of)}
    </span>
  );
}
