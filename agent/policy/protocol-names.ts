/** Protocols as policies name them, and which conversations a name stands for. */
import { protocols } from '../../parsers/registry.ts';
import { IP_PROTOCOL_NAMES } from '../facts/names.ts';
import type { ConversationSnapshot } from '../model/snapshot.ts';

/** Every protocol that has a name of its own, in order. */
export const PROTOCOL_NAMES: readonly string[] = [
  ...new Set(['arp', ...IP_PROTOCOL_NAMES, ...protocols.map(({ name }) => name)]),
].sort();

/** A transport's port, or an IP protocol by its number. */
export const NUMBERED_PROTOCOL = /^(?:(tcp|udp)\/([0-9]{1,5})|ip\/([0-9]{1,3}))$/;

/** Whether a name as NUMBERED_PROTOCOL has a number that exists. */
export function isNumberInRange(protocol: string): boolean {
  const [, , port, ipProtocol] = NUMBERED_PROTOCOL.exec(protocol) ?? [];
  if (port !== undefined) return Number(port) <= 65_535; // port 0 is nobody's, but scanners and forgers send from and to it
  return ipProtocol !== undefined && Number(ipProtocol) <= 255;
}

/** The carriers of each protocol: what a conversation is named by until something in it is recognised. */
const CARRIERS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  PROTOCOL_NAMES.map((name) => [
    name,
    new Set(protocols.flatMap(({ name: own, over }) => (own === name && over !== undefined ? [over] : []))),
  ]),
);

/** Remote desktop has a port of its own, not that of its carrier (TPKT, RFC 1006: 102). */
const OWN_PORTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([['rdp', new Set(['tcp/3389'])]]);

/** The registered ports of each protocol, or of its carriers, e.g. `tcp/502`. */
const PORTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  PROTOCOL_NAMES.map((name) => {
    const own = OWN_PORTS.get(name);
    if (own !== undefined) return [name, own];
    const bearers = protocols.filter((protocol) => protocol.name === name || CARRIERS.get(name)?.has(protocol.name));
    const ports = bearers.flatMap(({ tcpPorts, udpPorts }) => [
      ...tcpPorts.map((port) => `tcp/${port}`),
      ...udpPorts.map((port) => `udp/${port}`),
    ]);
    return [name, new Set(ports)];
  }),
);

/**
 * Whether a conversation is of the protocol that a permission names. `tcp/443` is the port, whatever is spoken on it. A
 * name is the protocol on any port, a connection that got no further than the protocol's carrier, and what nothing
 * recognised on a port registered for it: an attempt that nobody answered says no more than its port.
 */
export function isOfProtocol(
  {
    protocol,
    recognised,
    transport,
    port,
  }: Pick<ConversationSnapshot, 'protocol' | 'recognised' | 'transport' | 'port'>,
  name: string,
): boolean {
  if (protocol === name) return true;
  const place = `${transport}/${port}`;
  if (place === name) return true;
  return recognised ? CARRIERS.get(name)?.has(protocol) === true : PORTS.get(name)?.has(place) === true;
}
