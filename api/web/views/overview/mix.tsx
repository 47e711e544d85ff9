/** Of what the plant and its traffic are made. */
import { Link } from 'wouter-preact';
import type { Asset, Pair } from '../../data/model.ts';
import { Role } from '../../parts/role.tsx';
import { bytesWords, countWords } from '../../parts/words.ts';

const MOST = 16;

export function Roles({ assets }: { readonly assets: readonly Asset[] }) {
  const counts = new Map<Asset['role'], number>();
  for (const { role } of assets) counts.set(role, (counts.get(role) ?? 0) + 1);
  return (
    <ul class="mix">
      {[...counts].sort(largestFirst).map(([role, count]) => (
        <li key={role}>
          <Link href={`/assets?role=${encodeURIComponent(role)}`}>
            <Role of={role} />
          </Link>
          <span class="number">{countWords(count)}</span>
        </li>
      ))}
    </ul>
  );
}

export function Protocols({ pairs }: { readonly pairs: readonly Pair[] }) {
  const totals = new Map<string, number>();
  for (const { protocols } of pairs) {
    for (const { protocol, bytes } of protocols) totals.set(protocol, (totals.get(protocol) ?? 0) + bytes);
  }
  const ordered = [...totals].sort(largestFirst);
  const most = ordered[0]?.[1] ?? 1;
  return (
    <>
      <ul class="mix">
        {ordered.slice(0, MOST).map(([protocol, bytes]) => (
          <li key={protocol}>
            <span class="bar" aria-hidden="true">
              <i style={{ width: `${Math.max(2, (100 * bytes) / most)}%` }} />
            </span>
            <Link href={`/assets?protocol=${encodeURIComponent(protocol)}`}>{protocol}</Link>
            <span class="number">{bytesWords(bytes)}</span>
          </li>
        ))}
      </ul>
      {ordered.length > MOST && <p class="soft">and {countWords(ordered.length - MOST)} more</p>}
    </>
  );
}

function largestFirst([a, n]: readonly [string, number], [b, m]: readonly [string, number]): number {
  return m - n || (a < b ? -1 : 1);
}
