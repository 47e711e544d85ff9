/** A frame's headers: every link type, every tunnel, fragments. */
import { isDeepStrictEqual } from 'node:util';
import { everything } from '../../packet-support.ts';
import { ETHERNET_FRAMES, LINK_FRAMES } from '../../wrapped-frames.ts';
import type { Case, Target } from '../engine/case.ts';
import { demoKinds } from './demo.ts';

/** LINKTYPE_ numbers, and one that nobody knows. */
const LINKS = [1, 1, 1, 0, 9, 12, 14, 50, 51, 101, 105, 108, 113, 127, 204, 228, 229, 240, 276, 147] as const;
const FRAGMENTS = { datagrams: 4, pieces: 8, timeout: 1e6 } as const;

export const target: Target = {
  name: 'net',
  tags: LINKS.map((link) => `link ${link}`),
  mostBytes: 4096,
  mostParts: 10,
  async open() {
    const { PacketReader } = await import('../../../parsers/net/packet.ts');

    /** What each frame's headers say, with `margin` bytes `fill` around it. */
    function told(made: Case, margin: number, fill: number): object[] {
      const outers: object[] = [];
      const reader = new PacketReader(FRAGMENTS, (v) => outers.push(everything(3, v)));
      const views = made.map(({ tag, bytes }, index) => {
        const b = new Uint8Array(bytes.length + 2 * margin).fill(fill);
        b.set(bytes, margin);
        const fcsBytes = bytes.length % 5 === 4 ? 4 : 0;
        const kind = reader.read(b, margin, margin + bytes.length, Number(tag.slice(5)), fcsBytes, index * 1000);
        const v = reader.view;
        const [least, most] = v.bytes === b ? [margin, margin + bytes.length] : [0, v.bytes.length];
        const inside = least <= v.payloadAt && v.payloadAt <= v.payloadEnd && v.payloadEnd <= most;
        if (kind !== 0 && !inside) throw new Error(`payload ${v.payloadAt} to ${v.payloadEnd} of ${least} to ${most}`);
        for (let i = 0; i < bytes.length; i++)
          if (b[margin + i] !== bytes[i]) throw new Error('it writes into the frame');
        return kind === 0 ? { fault: v.fault } : everything(kind, v);
      });
      return [...views, ...outers];
    }

    return {
      covers: (path) => path.startsWith('parsers/net/'),
      seeds: [
        ...ETHERNET_FRAMES.map(([, bytes]) => [{ tag: 'link 1', bytes }]),
        ...LINK_FRAMES.map(([, link, bytes]) => [{ tag: `link ${link}`, bytes }]),
        ...demoKinds().map((bytes) => [{ tag: 'link 1', bytes }]),
      ],
      attempt(made) {
        const fill = (made[0]?.bytes.at(-1) ?? 0) | 1;
        const [alone, framed] = [told(made, 0, 0), told(made, 9, fill)];
        if (isDeepStrictEqual(alone, framed)) return;
        throw new Error(`it depends on bytes outside\n${JSON.stringify(alone)}\n${JSON.stringify(framed)}`);
      },
      lasting() {
        const reader = new PacketReader(FRAGMENTS, () => {});
        let time = 0;
        return {
          take(made) {
            for (const { tag, bytes } of made) {
              time += 1000;
              reader.read(bytes, 0, bytes.length, Number(tag.slice(5)), 0, time);
            }
          },
        };
      },
    };
  },
};
