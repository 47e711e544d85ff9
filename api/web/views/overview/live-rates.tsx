import { useEffect } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { useResource } from '../../data/resource.ts';
import { countWords } from '../../parts/words.ts';

export interface Listening {
  readonly interfaces: readonly {
    readonly interface: string;
    readonly packetsPerSecond?: number;
    readonly lost?: number;
  }[];
}

const REFRESH = 2000;

/** How fast the interfaces speak that are listened to; nothing where captures are read alone. */
export function LiveRates() {
  const { data, reload } = useResource<Listening>('/sensor');
  const live = (data?.interfaces.length ?? 0) > 0;
  useEffect(() => {
    if (!live) return;
    const timer = setTimeout(reload, REFRESH);
    return () => clearTimeout(timer);
  });
  return (
    <ul class="row chips" aria-label="Interfaces that are listened to">
      {data?.interfaces.map(({ interface: name, packetsPerSecond = 0, lost = 0 }) => (
        <li key={name} class="chip">
          <Link href="/sensor">{name}</Link> <span class="number">{countWords(Math.round(packetsPerSecond))}</span>{' '}
          packets/s{lost > 0 && `, ${countWords(lost)} lost`}
        </li>
      ))}
    </ul>
  );
}
