/** Machines that were bought twice: each with the same addresses, behind a VLAN of its own. */
import { EtherType, ethernet, IpProtocol, ipv4, TcpFlag, tcp } from '../fixtures/plant/frames.ts';
import type { Frame } from '../fixtures/plant/network.ts';
import { hex } from './support.ts';

const PLC = '192.168.0.1';
const PANEL = '192.168.0.2';

/** A panel that writes register `address` in the machine of one VLAN; hosts there have MAC addresses of their own. */
export function machine(vlan: number, address: number, ttl = 64, panel = PANEL): Frame[] {
  const mac = (last: number) => `00:0e:8c:00:${vlan.toString(16).padStart(2, '0')}:0${last}`;
  const write = hex(`0001 0000 0006 01 06 ${address.toString(16).padStart(4, '0')} 0007`);
  const frame = (from: 1 | 2, sequence: number, payload: Uint8Array, time: number): Frame => {
    const [source, destination] = from === 1 ? [PLC, panel] : [panel, PLC];
    const segment = {
      sourcePort: from === 1 ? 502 : 50_000,
      destinationPort: from === 1 ? 50_000 : 502,
      sequence,
      acknowledgment: 1,
      flags: TcpFlag.ack | TcpFlag.psh,
      window: 8192,
      payload,
    };
    const packet = ipv4(source, destination, ttl, time & 0xffff, IpProtocol.tcp, tcp(source, destination, segment));
    const bytes = ethernet(mac(from), mac(3 - from), vlan, EtherType.ipv4, packet, true);
    return { bytes, length: bytes.length, time: time * 1_000_000 };
  };
  return [frame(2, 1000 * vlan, write, 20 * vlan + 1), frame(1, 5000 * vlan, write, 20 * vlan + 2)];
}
