import './overview.css';
import { FileUp } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { Link } from 'wouter-preact';
import { useAll } from '../../data/all.ts';
import type { Asset, Capture, EventEntry, Finding, List, Pair, Violation, Zone } from '../../data/model.ts';
import { useResource } from '../../data/resource.ts';
import { useSource } from '../../data/source.ts';
import { Bar } from '../../parts/bar.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { Severity, type SeverityName, Time, ZoneKind } from '../../parts/values.tsx';
import { bytesWords, countWords } from '../../parts/words.ts';
import { devicesOf } from '../map/elements.ts';
import { ROLE_ICONS } from '../map/glyphs.ts';

const SEVERITIES: readonly SeverityName[] = ['critical', 'high', 'medium', 'low'];
const MOST_ROWS = 8;

/** What was seen, when, how well, and what needs somebody's attention. */
export default function Overview() {
  const source = useSource();
  return (
    <div class="page">
      <div class="title">
        <h1>Overview</h1>
      </div>
      <Loaded of={source} what="the overview">
        {({ packets }) => (packets === 0 ? <Beginning /> : <Everything />)}
      </Loaded>
    </div>
  );
}

function Beginning() {
  return (
    <Empty icon={FileUp} title="Nothing has been heard yet">
      <p>
        <Link href="/captures" class="button primary">
          Read a capture
        </Link>
      </p>
      <p>
        Or listen at a mirror port: fieldmark watch INTERFACE. The <Link href="/sensor">sensor</Link> page says what it
        hears.
      </p>
    </Empty>
  );
}

function Everything() {
  const assets = useAll<Asset>('/assets');
  const zones = useAll<Zone>('/zones');
  const findings = useAll<Finding>('/findings');
  const violations = useResource<List<Violation>>('/violations?limit=1');
  const pairs = useAll<Pair>('/matrix/zones');
  const captures = useAll<Capture>('/captures');
  const events = useResource<List<EventEntry>>(`/events?limit=${MOST_ROWS}`);
  return (
    <div class="overview">
      <Loaded of={findings} what="the findings">
        {({ items }) => (
          <Tile title="Findings" href="/findings">
            <ul class="counts">
              {SEVERITIES.map((severity) => (
                <li key={severity}>
                  <Link href={`/findings?severity=${severity}`}>
                    <Severity of={severity} />
                    <span class="big number">
                      {countWords(items.filter((one) => one.severity === severity).length)}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
            <p>
              <Link href="/findings?show=violations">
                {violations.data === undefined ? '…' : countWords(violations.data.total)} policy violations
              </Link>
            </p>
          </Tile>
        )}
      </Loaded>
      <Loaded of={assets} what="the assets">
        {({ items }) => (
          <Tile title={`Assets ${countWords(devicesOf(items).length)}`} href="/assets">
            <Roles assets={devicesOf(items)} />
          </Tile>
        )}
      </Loaded>
      <Loaded of={pairs} what="the protocols">
        {({ items }) => (
          <Tile title="Protocols" href="/matrix">
            <Protocols pairs={items} />
          </Tile>
        )}
      </Loaded>
      <Loaded of={zones} what="the zones">
        {({ items }) => (
          <Tile title={`Zones ${countWords(items.length)}`} href="/zones" wide>
            <table class="plain">
              <thead>
                <tr>
                  <th scope="col">Zone</th>
                  <th scope="col">Kind</th>
                  <th scope="col">SL-T</th>
                  <th scope="col">Assets</th>
                  <th scope="col">Open findings</th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ id, name, kind, securityLevelTarget, assetCount }) => (
                  <tr key={id}>
                    <td>
                      <Link href={`/zones/${encodeURIComponent(id)}`}>{name}</Link>
                    </td>
                    <td>
                      <ZoneKind kind={kind} />
                    </td>
                    <td class="number">{securityLevelTarget}</td>
                    <td class="number">{countWords(assetCount)}</td>
                    <td class="number">
                      <Link href={`/findings?zone=${encodeURIComponent(id)}`}>
                        {countWords(findings.data?.items.filter(({ zone }) => zone === id).length ?? 0)}
                      </Link>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Tile>
        )}
      </Loaded>
      <Loaded of={events} what="the events">
        {({ items }) => (
          <Tile title="Newest events" href="/events">
            {items.length === 0 ? (
              <p class="soft">Nothing has happened.</p>
            ) : (
              <ul class="event-list">
                {items.map(({ number, severity, at, event }) => (
                  <li key={number}>
                    <Severity of={severity as SeverityName} />{' '}
                    <Link href={`/events?open=${number}`}>{event.title}</Link>{' '}
                    <span class="soft">
                      <Time at={at} ago />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Tile>
        )}
      </Loaded>
      <Loaded of={captures} what="the captures">
        {({ items }) => (
          <Tile title="How well it was heard" href="/captures" wide>
            <Hearing captures={items} />
          </Tile>
        )}
      </Loaded>
    </div>
  );
}

interface TileProps {
  readonly title: string;
  readonly href: string;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

function Tile({ title, href, wide = false, children }: TileProps) {
  return (
    <section class={wide ? 'panel wide' : 'panel'} aria-label={title}>
      <header>
        <h2>
          <Link href={href}>{title}</Link>
        </h2>
      </header>
      <div class="body">{children}</div>
    </section>
  );
}

function Roles({ assets }: { readonly assets: readonly Asset[] }) {
  const counts = new Map<string, number>();
  for (const { role } of assets) counts.set(role, (counts.get(role) ?? 0) + 1);
  const known = assets.reduce((sum, { completeness }) => sum + completeness.score, 0) / Math.max(1, assets.length);
  return (
    <>
      <ul class="mix">
        {[...counts]
          .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
          .map(([role, count]) => {
            const Icon = ROLE_ICONS[role];
            return (
              <li key={role}>
                {Icon !== undefined && <Icon size={15} aria-hidden="true" />}
                <Link href={`/assets?role=${role}`}>{role}</Link>
                <span class="number">{countWords(count)}</span>
              </li>
            );
          })}
      </ul>
      <p class="soft">
        Inventory: <Bar share={known} label="What is known of what an inventory should hold" />
      </p>
    </>
  );
}

function Protocols({ pairs }: { readonly pairs: readonly Pair[] }) {
  const totals = new Map<string, number>();
  for (const { protocols } of pairs) {
    for (const { protocol, bytes } of protocols) totals.set(protocol, (totals.get(protocol) ?? 0) + bytes);
  }
  const ordered = [...totals].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const most = ordered[0]?.[1] ?? 1;
  return (
    <ul class="mix">
      {ordered.slice(0, 2 * MOST_ROWS).map(([protocol, bytes]) => (
        <li key={protocol}>
          <span class="bar" aria-hidden="true">
            <i style={{ width: `${Math.max(2, (100 * bytes) / most)}%` }} />
          </span>
          <Link href={`/assets?protocol=${encodeURIComponent(protocol)}`}>{protocol}</Link>
          <span class="number">{bytesWords(bytes)}</span>
        </li>
      ))}
    </ul>
  );
}

function Hearing({ captures }: { readonly captures: readonly Capture[] }) {
  const said = captures.flatMap(({ name, verdict, error }) => [
    ...(error === null ? [] : [{ name, what: error.message, mend: '' }]),
    ...(verdict?.findings ?? []).map(({ what, mend }) => ({ name, what, mend })),
  ]);
  if (said.length === 0) return <p>Nothing is wrong with what was heard.</p>;
  return (
    <ul>
      {said.slice(0, MOST_ROWS).map(({ name, what, mend }) => (
        <li key={`${name} ${what}`}>
          {captures.length > 1 && <span class="soft">{name}: </span>}
          <strong>{what}.</strong> {mend}
        </li>
      ))}
      {said.length > MOST_ROWS && (
        <li>
          <Link href="/captures">and {countWords(said.length - MOST_ROWS)} more</Link>
        </li>
      )}
    </ul>
  );
}
