/** Ethernet as a carrier of protocols: what has no ports is told apart by EtherType and structure. */
import { type FactSink, Outcome, type Protocol, Recognition, Sender } from '../../parsers/protocol.ts';

const carriers = new Map<number, Protocol>();

/** The carrier of frames with an EtherType, or of LLC frames (0); protocols name it in `over`. */
export function ethernetCarrier(etherType: number): Protocol {
  let carrier = carriers.get(etherType);
  if (carrier === undefined) {
    const name = etherType === 0 ? 'eth/llc' : `eth/0x${etherType.toString(16).padStart(4, '0')}`;
    carrier = {
      name,
      tcpPorts: [],
      udpPorts: [],
      recognise: () => Recognition.certain,
      sender: () => Sender.unknown,
      open: (facts: FactSink) => ({
        decode(b, at, end) {
          facts.payload(b, at, end);
          return Outcome.ok;
        },
      }),
      operation: () => ({ code: '', name: '', access: 'session' }),
      space: () => '',
      evidence: [],
    };
    carriers.set(etherType, carrier);
  }
  return carrier;
}
