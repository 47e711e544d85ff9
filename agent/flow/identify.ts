/** Which protocol a flow's payload might be. */
import { NOT_A_PDU, type Protocol, Recognition } from '../../parsers/protocol.ts';
import { serverRank } from './ports.ts';

/** Of a port: registered on TCP, on UDP, and above both how likely it is a server's. */
const ON_TCP = 1;
const ON_UDP = 2;
const RANK_SHIFT = 2;
const UNREGISTERED = serverRank.map((rank) => rank << RANK_SHIFT);

/** The registry arranged for lookups: by port, and those that structure alone can find. */
export class ProtocolFinder {
  readonly #tcp = new Map<number, Protocol>();
  readonly #udp = new Map<number, Protocol>();
  readonly #onTcp: Protocol[] = [];
  readonly #onUdp: Protocol[] = [];
  readonly #carried = new Map<string, Protocol[]>();
  readonly #ports = UNREGISTERED.slice();

  constructor(protocols: readonly Protocol[]) {
    for (const protocol of protocols) {
      if (protocol.over !== undefined) {
        this.#carried.set(protocol.over, [...(this.#carried.get(protocol.over) ?? []), protocol]);
        continue;
      }
      if (protocol.tcpPorts.length > 0) this.#onTcp.push(protocol);
      if (protocol.udpPorts.length > 0) this.#onUdp.push(protocol);
      for (const port of protocol.tcpPorts) {
        this.#tcp.set(port, protocol);
        this.#ports[port] = (this.#ports[port] as number) | ON_TCP;
      }
      for (const port of protocol.udpPorts) {
        this.#udp.set(port, protocol);
        this.#ports[port] = (this.#ports[port] as number) | ON_UDP;
      }
    }
  }

  /** The protocol registered for a port. */
  registered(port: number, tcp: boolean): Protocol | undefined {
    if (((this.#ports[port] as number) & (tcp ? ON_TCP : ON_UDP)) === 0) return undefined; // as most are
    return (tcp ? this.#tcp : this.#udp).get(port);
  }

  /** Which end is the server by its port: 1 the first, 2 the second, 0 when the ports do not tell. */
  serverByPort(first: number, second: number, tcp: boolean): 0 | 1 | 2 {
    const registered = tcp ? ON_TCP : ON_UDP;
    const a = this.#ports[first] as number;
    const b = this.#ports[second] as number;
    if (((a ^ b) & registered) !== 0) return (a & registered) !== 0 ? 1 : 2;
    const difference = (a >> RANK_SHIFT) - (b >> RANK_SHIFT);
    if (difference !== 0) return difference > 0 ? 1 : 2;
    if (first === second || a >> RANK_SHIFT === 0) return 0;
    return first < second ? 1 : 2;
  }

  /**
   * The protocol that best fits a segment that begins a message of it, certain before possible.
   * @param atLeast what a message must say for a protocol to be taken
   */
  byStructure(b: Uint8Array, at: number, end: number, tcp: boolean, atLeast: Recognition): Protocol | undefined {
    return best(tcp ? this.#onTcp : this.#onUdp, b, at, end, atLeast);
  }

  /** Whether any protocol is carried by `carrier`. */
  carries(carrier: string): boolean {
    return this.#carried.has(carrier);
  }

  /** The protocol that best fits a carrier's payload. */
  carriedBy(carrier: string, b: Uint8Array, at: number, end: number): Protocol | undefined {
    const candidates = this.#carried.get(carrier);
    return candidates === undefined ? undefined : best(candidates, b, at, end, Recognition.possible);
  }
}

function best(
  candidates: readonly Protocol[],
  b: Uint8Array,
  at: number,
  end: number,
  atLeast: Recognition,
): Protocol | undefined {
  let possible: Protocol | undefined;
  for (const protocol of candidates) {
    const recognition = firstMessage(protocol, b, at, end);
    if (recognition === Recognition.certain) return protocol;
    if (recognition === Recognition.possible && atLeast === Recognition.possible) possible ??= protocol;
  }
  return possible;
}

/** What the message that begins at `at` says for `protocol`; it must be whole. */
export function firstMessage(protocol: Protocol, b: Uint8Array, at: number, end: number): Recognition {
  const { stream } = protocol;
  if (stream === undefined) return protocol.recognise(b, at, end);
  if (end - at < stream.headerBytes) return Recognition.no;
  const size = stream.frame(b, at);
  if (size === NOT_A_PDU || size > end - at) return Recognition.no;
  return protocol.recognise(b, at, at + size);
}
