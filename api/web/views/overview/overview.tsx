import './overview.css';
import { Ear, FileUp } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { Link } from 'wouter-preact';
import { grouped } from '../../../../agent/grouping.ts';
import { useAll } from '../../data/all.ts';
import type { Asset, Capture, EventEntry, Finding, List, Pair, Zone } from '../../data/model.ts';
import { useResource } from '../../data/resource.ts';
import { useSource } from '../../data/source.ts';
import { useSuppressions } from '../../data/suppressions.ts';
import { useZones } from '../../data/zones.ts';
import { Empty, Loaded } from '../../parts/states.tsx';
import { Severity, type SeverityName, Time, ZoneKind } from '../../parts/values.tsx';
import { countWords } from '../../parts/words.ts';
import { devicesOf } from '../map/elements.ts';
import { Hearing } from './hearing.tsx';
import { Inventory } from './inventory.tsx';
import { type Listening, LiveRates } from './live-rates.tsx';
import { Protocols, Roles } from './mix.tsx';

const SEVERITIES: readonly SeverityName[] = ['critical', 'high', 'medium', 'low'];
const MOST_ROWS = 6;
/** What the tiles show of an asset. */
const FIELDS = 'id,parent,role,vendor,model,product,firmware,serial,names,zone,completeness';

/** What was seen, when, how well, and what needs somebody's attention. */
export default function Overview() {
  const source = useSource();
  return (
    <div class="page">
      <div class="title">
        <h1>Overview</h1>
        <span class="spread" />
        <LiveRates />
      </div>
      <Loaded of={source} what="the overview">
        {({ packets }) => (packets === 0 ? <Beginning /> : <Everything />)}
      </Loaded>
    </div>
  );
}

function Beginning() {
  const { data } = useResource<Listening>('/sensor');
  const names = data?.interfaces.map(({ interface: name }) => name).join(', ') ?? '';
  if (names !== '') {
    return (
      <Empty icon={Ear} title={`Nothing has spoken on ${names} yet`}>
        <p>
          It is listened to. Is the mirror port on? The <Link href="/sensor">sensor</Link> page says what comes; a{' '}
          <Link href="/captures">capture</Link> can be read meanwhile.
        </p>
      </Empty>
    );
  }
  return (
    <Empty icon={FileUp} title="Nothing has been heard yet">
      <p>
        <Link href="/captures" class="button primary">
          Read a capture
        </Link>
      </p>
      <p>
        Or listen at a mirror port: <code>fieldmark watch INTERFACE</code>. The <Link href="/sensor">sensor</Link> page
        says what it hears.
      </p>
    </Empty>
  );
}

interface Numbers {
  readonly conversations: number;
  readonly conduitsByStatus: Readonly<Record<string, number>>;
  readonly policyVersion: number | null;
  readonly violations: number;
}

function Everything() {
  const numbers = useResource<Numbers>('/overview');
  const assets = useAll<Asset>(`/assets?fields=${FIELDS}`);
  const zones = useZones();
  const all = useAll<Finding>('/findings');
  const pairs = useAll<Pair>('/matrix/zones');
  const captures = useAll<Capture>('/captures');
  const events = useResource<List<EventEntry>>(`/events?limit=${MOST_ROWS}`);
  const suppressions = useSuppressions();
  const findings = (all.data?.items ?? []).filter(({ id }) => !suppressions.findings.has(id));
  const devices = assets.data && devicesOf(assets.data.items);
  return (
    <>
      <Loaded of={numbers} what="the numbers">
        {({ conversations, conduitsByStatus, policyVersion, violations }) => (
          <ul class="panel figures" aria-label="In numbers">
            <Figure href="/assets" of={devices?.length ?? '–'} what={`assets${partWords(assets.data, devices)}`} />
            <Figure href="/matrix" of={conversations} what="conversations" />
            <Figure href="/zones" of={zones.data?.total ?? '–'} what="zones" />
            <Figure
              href="/map"
              of={Object.values(conduitsByStatus).reduce((sum, count) => sum + count, 0)}
              what={`conduits, ${countWords(conduitsByStatus['approved'] ?? 0)} approved`}
            />
            {policyVersion === null ? (
              <Figure href="/zones" of="none" what="policy saved yet" />
            ) : (
              <Figure
                href="/findings?show=violations"
                of={violations}
                what={`violations of policy ${policyVersion}`}
                alarming={violations > 0}
              />
            )}
          </ul>
        )}
      </Loaded>
      <div class="overview">
        <div>
          <Loaded of={all} what="the findings">
            {() => <FindingsTile findings={findings} />}
          </Loaded>
          <Loaded of={zones} what="the zones">
            {({ items }) => <ZonesTile zones={items} devices={devices} findings={findings} />}
          </Loaded>
          <div class="pair">
            <Loaded of={assets} what="the assets">
              {({ items }) => (
                <Tile title="Assets by role" href="/assets">
                  <Roles assets={devicesOf(items)} />
                </Tile>
              )}
            </Loaded>
            <Loaded of={pairs} what="the protocols">
              {({ items }) => (
                <Tile title="Protocols by bytes" href="/matrix">
                  <Protocols pairs={items} />
                </Tile>
              )}
            </Loaded>
          </div>
        </div>
        <div>
          <Loaded of={events} what="the events">
            {({ items, total }) => <EventsTile events={items} total={total} />}
          </Loaded>
          <Loaded of={captures} what="the captures">
            {({ items }) => (
              <Tile title="How well it was heard" href="/captures">
                <Hearing captures={items} />
              </Tile>
            )}
          </Loaded>
          <Loaded of={assets} what="the inventory">
            {({ items }) => (
              <Tile title="How complete the inventory is" href="/assets?sort=completeness">
                <Inventory assets={devicesOf(items)} />
              </Tile>
            )}
          </Loaded>
        </div>
      </div>
    </>
  );
}

interface FigureProps {
  readonly href: string;
  readonly of: number | string;
  readonly what: string;
  readonly alarming?: boolean;
}

function Figure({ href, of, what, alarming = false }: FigureProps) {
  return (
    <li>
      <Link href={href} class={alarming ? 'alarming' : ''}>
        <strong>{typeof of === 'number' ? countWords(of) : of}</strong> <span>{what}</span>
      </Link>
    </li>
  );
}

interface TileProps {
  readonly title: string;
  readonly href: string;
  /** Beside the title. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

function Tile({ title, href, aside, children }: TileProps) {
  return (
    <section class="panel" aria-label={title}>
      <header>
        <h2>
          <Link href={href}>{title}</Link>
        </h2>
        {aside}
      </header>
      <div class="body">{children}</div>
    </section>
  );
}

/** The weightiest, and how many there are of each severity. */
function FindingsTile({ findings }: { readonly findings: readonly Finding[] }) {
  const ordered = [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  })).filter(({ count }) => count > 0);
  return (
    <Tile
      title="What to look at first"
      href="/findings"
      aside={
        <span class="row counts">
          {counts.map(({ severity, count }) => (
            <Link key={severity} href={`/findings?severity=${severity}`}>
              <Severity of={severity} /> <span class="number">{countWords(count)}</span>
            </Link>
          ))}
        </span>
      }
    >
      {ordered.length === 0 ? (
        <p class="soft">
          No finding. The <Link href="/assessment">assessment</Link> says what a listener cannot hear.
        </p>
      ) : (
        <ul class="lines">
          {ordered.slice(0, MOST_ROWS).map(({ id, severity, title }) => (
            <li key={id}>
              <Severity of={severity} />
              <Link href={`/findings?open=${encodeURIComponent(id)}`}>{title}</Link>
            </li>
          ))}
        </ul>
      )}
      {ordered.length > MOST_ROWS && (
        <p>
          <Link href="/findings">and {countWords(ordered.length - MOST_ROWS)} more</Link>
        </p>
      )}
    </Tile>
  );
}

/** How many of the assets are parts of others. */
function partWords(assets: List<Asset> | undefined, devices: readonly Asset[] | undefined): string {
  const parts = (assets?.items.length ?? 0) - (devices?.length ?? 0);
  return parts === 0 ? '' : `, ${countWords(parts)} parts behind them`;
}

interface ZonesTileProps {
  readonly zones: readonly Zone[];
  /** Without the parts behind them; undefined until they are known. */
  readonly devices: readonly Asset[] | undefined;
  readonly findings: readonly Finding[];
}

function ZonesTile({ zones, devices, findings }: ZonesTileProps) {
  const members = devices && grouped(devices, ({ zone }) => zone);
  return (
    <Tile title="Zones" href="/zones">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Zone</th>
            <th scope="col">Kind</th>
            <th scope="col" class="number">
              SL-T
            </th>
            <th scope="col" class="number">
              Assets
            </th>
            <th scope="col" class="number">
              Open findings
            </th>
          </tr>
        </thead>
        <tbody>
          {zones.map(({ id, name, kind, securityLevelTarget }) => {
            const open = findings.filter((finding) => finding.zones.includes(id)).length;
            return (
              <tr key={id}>
                <td>
                  <Link href={`/zones/${encodeURIComponent(id)}`}>{name}</Link>
                </td>
                <td>
                  <ZoneKind kind={kind} />
                </td>
                <td class="number">{securityLevelTarget}</td>
                <td class="number">
                  <Link href={`/assets?zone=${encodeURIComponent(id)}`}>
                    {members === undefined ? '–' : countWords(members.get(id)?.length ?? 0)}
                  </Link>
                </td>
                <td class="number">
                  {open === 0 ? (
                    <span class="soft">0</span>
                  ) : (
                    <Link href={`/findings?zone=${encodeURIComponent(id)}`}>{countWords(open)}</Link>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Tile>
  );
}

function EventsTile({ events, total }: { readonly events: readonly EventEntry[]; readonly total: number }) {
  return (
    <Tile title="Newest events" href="/events" aside={<span class="soft">{countWords(total)}</span>}>
      {events.length === 0 ? (
        <p class="soft">Nothing happened that needs a look. New assets, new writers and the like are told here.</p>
      ) : (
        <ul class="event-list">
          {events.map(({ number, severity, at, event }) => (
            <li key={number}>
              <div class="row">
                <Severity of={severity as SeverityName} />
                <span class="soft">
                  <Time at={at} ago />
                </span>
              </div>
              <Link href={`/events?open=${number}`}>{event.title}</Link>
            </li>
          ))}
        </ul>
      )}
    </Tile>
  );
}
