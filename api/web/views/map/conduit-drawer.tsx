import { Link } from 'wouter-preact';
import type { Conduit } from '../../data/model.ts';
import { Drawer } from '../../parts/drawer.tsx';
import { bytesWords, countWords } from '../../parts/words.ts';
import type { MapData } from './elements.ts';

interface ConduitDrawerProps {
  readonly ends: readonly [string, string];
  readonly conduits: readonly Conduit[];
  readonly data: MapData;
  readonly onClose: () => void;
}

/** What may pass between two zones, what did, and what stands between them. */
export function ConduitDrawer({ ends, conduits, data, onClose }: ConduitDrawerProps) {
  const nameOf = (id: string) => data.zones.find((zone) => zone.id === id)?.name ?? id;
  const violations = data.violations.filter(
    ({ fromZone, toZone }) =>
      fromZone !== null && toZone !== null && fromZone !== toZone && ends.includes(fromZone) && ends.includes(toZone),
  );
  const title = `${nameOf(ends[0])} and ${nameOf(ends[1])}`;
  return (
    <Drawer label={`Conduits between ${title}`} onClose={onClose} title={<h2>{title}</h2>}>
      {conduits.length === 0 && <p>No conduit: whatever passes here is not allowed.</p>}
      {conduits.map(({ id, from, to, status, allow, boundary, traffic }) => (
        <section key={id}>
          <h3>
            {nameOf(from)} → {nameOf(to)} <span class="chip">{status}</span>
          </h3>
          <ul>
            {allow.map(({ protocol, access }) => (
              <li key={protocol}>
                {protocol} <span class="soft">{access === undefined ? 'any access' : access.join(', ')}</span>
              </li>
            ))}
          </ul>
          <p>
            <Link href={`/zones?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`}>
              Decide about this border
            </Link>
          </p>
          <p class="soft">
            {traffic === null
              ? 'Nothing used it.'
              : `${countWords(traffic.packets)} packets, ${bytesWords(traffic.bytes)}`}
          </p>
          <p>
            <span class="soft">Boundary:</span> {boundary.observed}
            {boundary.reasons.length > 0 && `: ${boundary.reasons.join('; ')}`}
          </p>
        </section>
      ))}
      {violations.length > 0 && (
        <p>
          <Link href="/findings?show=violations">{countWords(violations.length)} violations</Link>
        </p>
      )}
    </Drawer>
  );
}
