/** Protocols by which a person works on a computer that is elsewhere. */
import type { ConversationSnapshot } from '../model/snapshot.ts';

const REMOTE_ACCESS: ReadonlySet<string> = new Set(['rdp', 'vnc', 'ssh', 'telnet', 'teamviewer']);

/**
 * Registered or usual ports of what is known by its port only: remote desktops (AnyDesk, TeamViewer, Radmin, X11,
 * WinRM, pcAnywhere), and tunnels (IKE, IPsec NAT traversal, OpenVPN, L2TP, PPTP, WireGuard).
 */
const REMOTE_ACCESS_PORTS: ReadonlySet<string> = new Set([
  ...[
    'tcp/3389',
    'udp/3389',
    'tcp/5900',
    'tcp/5901',
    'tcp/22',
    'tcp/23',
    'tcp/5938',
    'udp/5938',
    'tcp/7070',
    'tcp/4899',
  ],
  ...['tcp/6000', 'tcp/5985', 'tcp/5986', 'tcp/5631'],
  ...['udp/500', 'udp/4500', 'udp/1194', 'tcp/1194', 'udp/1701', 'tcp/1723', 'udp/51820'],
]);

/** Encrypted tunnels straight on IP, as `ipProtocolName` calls them. */
const TUNNELS: ReadonlySet<string> = new Set(['esp', 'ah', 'gre']);

/** Whether a conversation is one by which a person, or a whole network, gets in. */
export function isRemoteAccess({
  protocol,
  recognised,
}: Pick<ConversationSnapshot, 'protocol' | 'recognised'>): boolean {
  return REMOTE_ACCESS.has(protocol) || (!recognised && (REMOTE_ACCESS_PORTS.has(protocol) || TUNNELS.has(protocol)));
}

/** Whether it shows a person's screen or shell, as against a tunnel of which nothing is seen. */
export function isSession({ protocol }: Pick<ConversationSnapshot, 'protocol'>): boolean {
  return REMOTE_ACCESS.has(protocol);
}
