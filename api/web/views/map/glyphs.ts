/** A picture for each role, drawn in one colour: icons of Lucide as data URIs, as the map's canvas wants them. */
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
import { h, render } from 'preact';

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

const drawn = new Map<string, string>();

/** @param colour of CSS */
export function glyph(role: string, colour: string): string {
  const key = `${role} ${colour}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const box = document.createElement('div');
  render(h(ROLE_ICONS[role] ?? CircleHelp, { size: 48, color: colour, strokeWidth: 1.75 }), box);
  const uri = `data:image/svg+xml;utf8,${encodeURIComponent(box.innerHTML)}`;
  drawn.set(key, uri);
  return uri;
}
