/**
 * The layers a frame is peeled through. Each protocol's function takes the view, fills in what its header says, moves
 * `view.payloadAt` past the header (and `view.payloadEnd` before the trailer) and answers which layer comes next.
 */
export const Layer = {
  ethernet: 1,
  cooked: 2,
  cookedV2: 3,
  loopback: 4,
  ppp: 5,
  pppoe: 6,
  mpls: 7,
  /** What `view.etherType` names. */
  etherType: 8,
  ipv4: 9,
  ipv6: 10,
  arp: 11,
  /** What `view.protocol` names. */
  ipProtocol: 12,
  tcp: 13,
  udp: 14,
  gre: 15,
  vxlan: 16,
  geneve: 17,
  /** Raw IP: the version nibble tells which. */
  ip: 18,
  netAnalyzer: 19,
  ieee80211: 20,
  radiotap: 21,

  // ends
  broken: 0,
  doneTcp: -1,
  doneUdp: -2,
  doneIp: -3,
  doneArp: -4,
  doneEthernet: -5,
} as const;
export type Layer = (typeof Layer)[keyof typeof Layer];
