import { Link } from 'wouter-preact';

interface AssetLinksProps {
  readonly ids: readonly string[];
  readonly nameOf: (id: string) => string;
}

const MOST = 40;

/** Assets by their names, each with the way to its page. */
export function AssetLinks({ ids, nameOf }: AssetLinksProps) {
  return (
    <ul class="row chips" aria-label="Assets">
      {ids.slice(0, MOST).map((id) => (
        <li key={id} class="chip">
          <Link href={`/assets/${encodeURIComponent(id)}`} title={id.replace(/^(?:ip|mac)-/, '')}>
            {nameOf(id)}
          </Link>
        </li>
      ))}
      {ids.length > MOST && <li class="soft">and {ids.length - MOST} more</li>}
    </ul>
  );
}
