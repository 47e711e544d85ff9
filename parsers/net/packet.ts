import { arp } from './arp.ts';
import { commonFrame } from './common-frame.ts';
import { ethernet, etherTypeLayer } from './ethernet.ts';
import { type FragmentLimits, FragmentTable } from './fragments.ts';
import { IpProtocol, ip, ipv4, ipv6 } from './ip.ts';
import { Layer } from './layer.ts';
import {
  cooked,
  cookedV2,
  ieee80211,
  layerOfLinkType,
  loopback,
  mpls,
  netAnalyzer,
  ppp,
  pppoe,
  radiotap,
} from './link.ts';
import { Fault, Kind, PacketView } from './packet-view.ts';
import { tcp, udp } from './transport.ts';
import { geneve, gre, inner, vxlan } from './tunnels.ts';

/** LINKTYPE_ETHERNET */
const ETHERNET_LINK = 1;

/** Frames nest no deeper in earnest: Ethernet, VLANs and IP within three tunnels. */
const MAX_LAYERS = 24;

/** Reads a frame's headers, through whatever is wrapped around them, into one reused view. */
export class PacketReader {
  readonly view = new PacketView();
  readonly fragments: FragmentTable;
  readonly #tunnel: (outer: PacketView) => void;
  #dataOf: Uint8Array = new Uint8Array(0);
  #data: DataView = new DataView(this.#dataOf.buffer);

  /** @param tunnel told of each tunnel's outer packet (its IP addresses) before the inner one replaces it */
  constructor(limits: FragmentLimits, tunnel: (outer: PacketView) => void) {
    this.fragments = new FragmentTable(limits);
    this.#tunnel = tunnel;
  }

  /**
   * Reads the frame `b[at, end)` of link type `link` (a LINKTYPE_ number), whose last `fcsBytes` are its check
   * sequence, captured at `time` (microseconds). What it holds is then in `view`.
   */
  read(b: Uint8Array, at: number, end: number, link: number, fcsBytes: number, time: number): Kind {
    const v = this.view;
    if (v.bytes !== b) v.bytes = b;
    if (this.#dataOf !== b) {
      this.#dataOf = b;
      this.#data = new DataView(b.buffer, b.byteOffset, b.length);
    }
    const stop = end - fcsBytes > at ? end - fcsBytes : end;
    if (link === ETHERNET_LINK) {
      const kind = commonFrame(v, this.#data, at, stop);
      if (kind !== Kind.broken) {
        v.forget();
        return kind;
      }
    }
    return this.#layers(at, stop, link, time);
  }

  /** Reads any frame, layer by layer. */
  #layers(at: number, end: number, link: number, time: number): Kind {
    const v = this.view;
    v.reset();
    v.payloadAt = at;
    v.payloadEnd = end;
    let layer = layerOfLinkType(link);
    if (layer === Layer.broken) v.fault = Fault.unknownLinkType;
    for (let depth = 0; layer > 0; depth++) {
      if (depth === MAX_LAYERS) {
        v.fault = Fault.tooManyLayers;
        return Kind.broken;
      }
      layer = this.#step(layer, v, time);
    }
    switch (layer) {
      case Layer.doneTcp:
        return Kind.tcp;
      case Layer.doneUdp:
        return Kind.udp;
      case Layer.doneIp:
        return Kind.ip;
      case Layer.doneArp:
        return Kind.arp;
      case Layer.doneEthernet:
        return Kind.ethernet;
      default:
        return Kind.broken;
    }
  }

  #step(layer: Layer, v: PacketView, time: number): Layer {
    const b = v.bytes;
    switch (layer) {
      case Layer.ethernet:
        return ethernet(v, b);
      case Layer.etherType:
        return etherTypeLayer(v, b);
      case Layer.ipv4:
        return ipv4(v, b, time, this.fragments);
      case Layer.ipv6:
        return ipv6(v, b, time, this.fragments);
      case Layer.ipProtocol:
        return this.#ipProtocol(v);
      case Layer.tcp:
        return tcp(v, b);
      case Layer.udp:
        return udp(v, b);
      case Layer.arp:
        return arp(v, b);
      case Layer.gre:
        return this.#unwrap(v, gre(v, b));
      case Layer.vxlan:
        return this.#unwrap(v, vxlan(v, b));
      case Layer.geneve:
        return this.#unwrap(v, geneve(v, b));
      case Layer.ip:
        return ip(v, b);
      case Layer.mpls:
        return mpls(v, b);
      case Layer.ppp:
        return ppp(v, b);
      case Layer.pppoe:
        return pppoe(v, b);
      case Layer.cooked:
        return cooked(v, b);
      case Layer.cookedV2:
        return cookedV2(v, b);
      case Layer.loopback:
        return loopback(v, b);
      case Layer.netAnalyzer:
        return netAnalyzer(v);
      case Layer.ieee80211:
        return ieee80211(v, b);
      case Layer.radiotap:
        return radiotap(v, b);
      default:
        return layer;
    }
  }

  #ipProtocol(v: PacketView): Layer {
    switch (v.protocol) {
      case IpProtocol.tcp:
        return Layer.tcp;
      case IpProtocol.udp:
        return Layer.udp;
      case IpProtocol.gre:
        return Layer.gre;
      case IpProtocol.ipv4:
        return this.#unwrap(v, inner(v, v.payloadAt, Layer.ipv4));
      case IpProtocol.ipv6:
        return this.#unwrap(v, inner(v, v.payloadAt, Layer.ipv6));
      case IpProtocol.mpls:
        return this.#unwrap(v, inner(v, v.payloadAt, Layer.mpls));
      default:
        return Layer.doneIp;
    }
  }

  #unwrap(v: PacketView, next: Layer): Layer {
    if (next > 0) this.#tunnel(v);
    return next;
  }
}
