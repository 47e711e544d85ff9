/**
 * Under a flood most addresses are nobody's: forged senders, targets of a scan that are not there. Up to a number of such
 * addresses all are listed; beyond it only those that show themselves to be somebody, and of what the others did samples
 * and sums. Nothing spoofed becomes an asset for ever, and the plant is still found among it.
 */

import { IpProtocol } from '../../parsers/net/ip.ts';
import type { ConversationTotals } from '../facts/conversations.ts';
import { NO_HOST } from '../facts/hosts.ts';
import type { Limits } from '../limits.ts';
import type { Picture } from '../sensor.ts';

/** What of a picture is listed, and how much is not. */
export interface Listed {
  readonly conversations: readonly ConversationTotals[];
  isListed(host: number): boolean;
  readonly hostsSummedUp: number;
  readonly conversationsSummedUp: number;
}

/** Packets of a client that goes on: who forges an address gets no answer, and does not need to. */
const PACKETS_OF_A_TALK = 3;

/**
 * Conversations with passers-by that are kept of each other end: as many as tell a scan, or a flood, for what it is
 * (`baseline/scans.ts` wants 16).
 */
const SAMPLES = 16;

/** Addresses that one MAC address claims, before it is taken for a forger's. */
const MOST_CLAIMS = 16;

/**
 * What a snapshot lists: everything, as long as it is no more than `limits.listedHosts` addresses, and no more than
 * `limits.passersBy` of them are nobody's.
 */
export function listedOf(picture: Picture, limits: Limits): Listed {
  const { hosts, sightings } = picture;
  const known = picture.conversations.filter(({ client, server }) => client !== NO_HOST && server !== NO_HOST);
  const somebody = somebodiesOf(picture, known, limits.listedHosts);
  if (hosts.count <= limits.listedHosts && hosts.count - somebody.size <= limits.passersBy) {
    return { conversations: known, isListed: () => true, hostsSummedUp: 0, conversationsSummedUp: 0 };
  }
  const listed = somebody.copy();
  const most = Math.min(limits.listedHosts, somebody.size + limits.passersBy);
  const samples = new Uint8Array(hosts.count);
  const conversations = known.filter(({ client, server }) => {
    if (somebody.has(client) && somebody.has(server)) return true;
    const other = somebody.has(client) ? client : server;
    if (samples[other] === SAMPLES || listed.size + 2 > most) return false;
    samples[other] = (samples[other] as number) + 1;
    listed.add(client);
    listed.add(server);
    return true;
  });
  // who only claims an address may be a silent device, or a storm's: those that came first
  for (let row = 0; row < sightings.count && listed.size < most; row++) {
    if (sightings.claimed(row)) listed.add(sightings.host(row));
  }
  return {
    conversations,
    isListed: (host) => listed.has(host),
    hostsSummedUp: hosts.count - listed.size,
    conversationsSummedUp: known.length - conversations.length,
  };
}

/** The hosts that show themselves to be somebody, `most` at the utmost; who proves it best comes first. */
function somebodiesOf(
  { hosts, sightings, evidence }: Picture,
  known: readonly ConversationTotals[],
  most: number,
): HostSet {
  const set = new HostSet(hosts.count);
  for (let host = 0; host < hosts.count && set.size < most; host++) if (evidence.knows(host)) set.add(host);
  const addEnds = (ofWhat: (conversation: ConversationTotals) => boolean, atMost: number) => {
    for (const conversation of known) {
      if (!ofWhat(conversation) || set.size + 2 > atMost) continue;
      set.add(conversation.client);
      set.add(conversation.server);
    }
  };
  addEnds(isTalk, most);
  // a protocol's messages to groups and to all are not answered
  addEnds(({ client, protocol }) => protocol !== undefined && set.has(client), most / 2);
  addClaimed(set, sightings, most / 2);
  addEnds(goesOn, most / 2); // not answered: half of what a mirror should show, or forged with more patience
  return set;
}

/** Adds the addresses that MAC addresses of somebodies claim: routers, and switches that speak for others or to groups only. */
function addClaimed(set: HostSet, sightings: Picture['sightings'], most: number): void {
  const macOf = (row: number) => sightings.macHigh(row) * 2 ** 32 + (sightings.macLow(row) >>> 0);
  const claims = new Map<number, number>();
  for (let row = 0; row < sightings.count; row++) if (set.has(sightings.host(row))) claims.set(macOf(row), 0);
  for (let row = 0; row < sightings.count && set.size < most; row++) {
    const made = sightings.claimed(row) ? claims.get(macOf(row)) : undefined;
    if (made === undefined || made === MOST_CLAIMS) continue;
    claims.set(macOf(row), made + 1);
    set.add(sightings.host(row));
  }
}

/** Whether two ends really talk with each other. A protocol over TCP that is answered needs a client that is there. */
function isTalk(conversation: ConversationTotals): boolean {
  const { protocol, transport, packetsFromServer } = conversation;
  if (packetsFromServer === 0) return false;
  return (protocol !== undefined && transport !== IpProtocol.udp) || goesOn(conversation);
}

function goesOn({ packetsFromClient }: ConversationTotals): boolean {
  return packetsFromClient >= PACKETS_OF_A_TALK;
}

/** A set of host numbers below a number. */
class HostSet {
  readonly #members: Uint8Array;
  size: number;

  constructor(hosts: number, members = new Uint8Array(hosts), size = 0) {
    this.#members = members;
    this.size = size;
  }

  has(host: number): boolean {
    return this.#members[host] === 1;
  }

  add(host: number): void {
    this.size += 1 - (this.#members[host] as number);
    this.#members[host] = 1;
  }

  copy(): HostSet {
    return new HostSet(this.#members.length, this.#members.slice(), this.size);
  }
}
