/** One asset: who it is and how that is known, who it talks to, how it changed, and what is still unknown. */
import { ArrowLeft, Pencil } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { useAll } from '../../data/all.ts';
import type { Asset, Conversation, Evidence, HistoryEntry, List, Pair, Zone } from '../../data/model.ts';
import { assetName, partName, useAssetNames } from '../../data/names.ts';
import { type Resource, useResource } from '../../data/resource.ts';
import { FrameLink } from '../../parts/frames.tsx';
import { Loaded } from '../../parts/states.tsx';
import { Access, Known, Time, ZoneKind } from '../../parts/values.tsx';
import { bytesWords, countWords, percentWords } from '../../parts/words.ts';
import { strongestAccess } from '../map/filters.ts';
import { ROLE_ICONS } from '../map/glyphs.ts';
import { Edits } from './edits.tsx';
import { OverrideDialog } from './override-dialog.tsx';

interface Neighbours {
  readonly asClient: readonly Pair[];
  readonly asServer: readonly Pair[];
}

export function AssetPage({ id }: { readonly id: string }) {
  const path = `/assets/${encodeURIComponent(id)}`;
  const asset = useResource<Asset>(path);
  return (
    <div class="page">
      <Link href="/assets">
        <ArrowLeft size={14} aria-hidden="true" /> Assets
      </Link>
      <Loaded of={asset} what="the asset">
        {(data) => (
          <>
            <Head asset={data} onChange={asset.reload} />
            <div class="asset-page">
              <div>
                <Identity path={path} />
                <Talks asset={data} />
                <Parts asset={data} />
                <History path={path} />
              </div>
              <div>
                <Placing asset={data} />
                <Edits asset={data} onChange={asset.reload} />
                <Unknowns asset={data} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </div>
  );
}

function Head({ asset, onChange }: { readonly asset: Asset; readonly onChange: () => void }) {
  const [editing, setEditing] = useState(false);
  const Icon = ROLE_ICONS[asset.role];
  return (
    <div class="title">
      {Icon !== undefined && <Icon size={32} aria-hidden="true" />}
      <div>
        <h1>{assetName(asset)}</h1>
        <span class="soft">
          {asset.role}{' '}
          <span title="How much of what was heard speaks for this role">
            ({percentWords(asset.roleConfidence)} sure)
          </span>
          {' · '}
          <span class="mono">{[...asset.ip, ...asset.mac].slice(0, 2).join('  ')}</span>
          {' · last heard '}
          <Time at={asset.lastSeen} ago />
        </span>
      </div>
      <span class="spread" />
      <button type="button" onClick={() => setEditing(true)}>
        <Pencil size={15} aria-hidden="true" /> Correct
      </button>
      {editing && (
        <OverrideDialog
          asset={asset}
          onClose={() => setEditing(false)}
          onSaved={() => {
            setEditing(false);
            onChange();
          }}
        />
      )}
    </div>
  );
}

function Identity({ path }: { readonly path: string }) {
  const evidence = useResource<readonly Evidence[]>(`${path}/evidence`);
  return (
    <section class="panel" aria-labelledby="identity">
      <header>
        <h2 id="identity">How it is known</h2>
      </header>
      <Loaded of={evidence} what="the evidence">
        {(all) => (
          <table class="plain">
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Value</th>
                <th scope="col">Said by</th>
                <th scope="col">Sure</th>
                <th scope="col">Times</th>
                <th scope="col">First heard</th>
                <th scope="col">Proof</th>
              </tr>
            </thead>
            <tbody>
              {all.map((entry) => (
                <tr key={`${entry.field} ${entry.value} ${entry.source} ${entry.unit}`}>
                  <td class="whole">
                    {entry.field}
                    {entry.unit !== null && <span class="soft"> of part {entry.unit}</span>}
                  </td>
                  <td class="cut">{entry.value}</td>
                  <td class="mono cut">{entry.source}</td>
                  <td class="number">{percentWords(entry.confidence)}</td>
                  <td class="number">{countWords(entry.times)}</td>
                  <td class="whole">
                    <Time at={entry.firstSeen} />
                  </td>
                  <td class="whole">
                    <Proof entry={entry} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </section>
  );
}

/** The frame that says so, to be taken home. */
function Proof({ entry: { file, frame } }: { readonly entry: Evidence }) {
  if (file === null || frame === null) return <Known value={null} why="no single frame says so" />;
  return <FrameLink of={{ file, frame }} />;
}

function Talks({ asset }: { readonly asset: Asset }) {
  const nameOf = useAssetNames();
  const neighbours = useResource<Neighbours>(`/assets/${encodeURIComponent(asset.id)}/neighbours`);
  const conversations = useResource<List<Conversation>>(
    `/conversations?asset=${encodeURIComponent(asset.id)}&sort=-packets&limit=200`,
  );
  return (
    <section class="panel" aria-labelledby="talks">
      <header>
        <h2 id="talks">Who it talks to</h2>
        <span class="spread" />
        <Link href={`/map?asset=${encodeURIComponent(asset.id)}`}>On the map</Link>
      </header>
      <Loaded of={neighbours} what="the neighbours">
        {({ asClient, asServer }) => (
          <table class="plain">
            <thead>
              <tr>
                <th scope="col">Side</th>
                <th scope="col">Other end</th>
                <th scope="col">Protocols</th>
                <th scope="col">At most</th>
                <th scope="col">Packets</th>
                <th scope="col">Bytes</th>
                <th scope="col">Last</th>
              </tr>
            </thead>
            <tbody>
              {asClient.map((pair) => (
                <TalkRow key={`to ${pair.to}`} side="asks" other={pair.to} pair={pair} nameOf={nameOf} />
              ))}
              {asServer.map((pair) => (
                <TalkRow key={`from ${pair.from}`} side="answers" other={pair.from} pair={pair} nameOf={nameOf} />
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      <Loaded of={conversations as Resource<List<Conversation>>} what="the conversations">
        {({ items, total }) => (
          <details class="body">
            <summary>
              {countWords(total)} {total === 1 ? 'conversation' : 'conversations'}
            </summary>
            <table class="plain">
              <tbody>
                {items.map((entry) => (
                  <tr key={entry.id}>
                    <td class="mono">
                      {entry.client} → {entry.server}
                    </td>
                    <td>
                      {entry.protocol}
                      {entry.port !== null && (
                        <span class="soft">
                          {' '}
                          {entry.transport}/{entry.port}
                        </span>
                      )}
                    </td>
                    <td class="number">{countWords(entry.packets)}</td>
                    <td>
                      <Link href={`/matrix?conversation=${encodeURIComponent(entry.id)}`}>operations</Link>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        )}
      </Loaded>
    </section>
  );
}

interface TalkRowProps {
  readonly side: string;
  readonly other: string;
  readonly pair: Pair;
  readonly nameOf: (id: string) => string;
}

function TalkRow({ side, other, pair, nameOf }: TalkRowProps) {
  return (
    <tr>
      <td class="soft">{side}</td>
      <td>
        {other === '' ? (
          'addresses without an asset'
        ) : (
          <Link href={`/assets/${encodeURIComponent(other)}`}>{nameOf(other)}</Link>
        )}
      </td>
      <td>{pair.protocols.map(({ protocol }) => protocol).join(', ')}</td>
      <td>
        <Access of={strongestAccess(pair)} />
      </td>
      <td class="number">{countWords(pair.packets)}</td>
      <td class="number">{bytesWords(pair.bytes)}</td>
      <td>
        <Time at={pair.lastSeen} ago />
      </td>
    </tr>
  );
}

/** Modules, units and stations behind the device. */
function Parts({ asset }: { readonly asset: Asset }) {
  const parts = useAll<Asset>(`/assets?parent=${encodeURIComponent(asset.id)}`);
  if (parts.data === undefined || parts.data.items.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="parts">
      <header>
        <h2 id="parts">Behind it</h2>
      </header>
      <table class="plain">
        <tbody>
          {parts.data.items.map((part) => (
            <tr key={part.id}>
              <td>
                <Link href={`/assets/${encodeURIComponent(part.id)}`}>
                  {part.names[0] ?? partName(part.id, asset.id)}
                </Link>
              </td>
              <td>{part.role}</td>
              <td>{[part.vendor, part.product ?? part.model].filter(Boolean).join(' ')}</td>
              <td>{part.firmware}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function History({ path }: { readonly path: string }) {
  const history = useResource<List<HistoryEntry>>(`${path}/history?limit=200`);
  if (history.data?.items.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="history">
      <header>
        <h2 id="history">How it changed</h2>
      </header>
      <Loaded of={history} what="the history">
        {({ items }) => (
          <table class="plain">
            <tbody>
              {items.map((entry) => (
                <tr key={entry.number}>
                  <td class="whole">
                    <Time at={entry.at} />
                  </td>
                  <td>{entry.field}</td>
                  <td>
                    {(entry.before !== null || entry.after !== null) && (
                      <>
                        <Known value={listWords(entry.before)} why="nothing before" /> →{' '}
                        <Known value={listWords(entry.after)} why="nothing after" />
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </section>
  );
}

/** Lists stand as JSON in the history. */
function listWords(value: string | null): string | null {
  return value?.startsWith('[') ? (JSON.parse(value) as string[]).join(', ') : value;
}

function Placing({ asset }: { readonly asset: Asset }) {
  const zones = useAll<Zone>('/zones');
  const zone = zones.data?.items.find(({ id }) => id === asset.zone);
  return (
    <section class="panel" aria-label="Place">
      <div class="body">
        <dl class="facts">
          <dt>Zone</dt>
          <dd>
            {zone === undefined ? (
              <Known value={asset.zone} why="in no zone" />
            ) : (
              <Link href={`/zones/${encodeURIComponent(zone.id)}`}>
                {zone.name} <ZoneKind kind={zone.kind} />
              </Link>
            )}
          </dd>
          <dt>Level</dt>
          <dd>
            <Known value={asset.purdueLevel} why="its traffic does not tell" />
          </dd>
          <dt>IP</dt>
          <dd class="mono">
            <Known value={asset.ip.join(', ')} why="it speaks straight on Ethernet" />
          </dd>
          <dt>MAC</dt>
          <dd class="mono">
            <Known value={asset.mac.join(', ')} why="it was only heard behind a router" />
          </dd>
          <dt>VLAN</dt>
          <dd>
            <Known value={asset.vlan.join(', ')} why="no tag was seen" />
          </dd>
          <dt>Vendor</dt>
          <dd>
            <Known value={asset.vendor} />
          </dd>
          <dt>Product</dt>
          <dd>
            <Known value={asset.product} />
          </dd>
          <dt>Model</dt>
          <dd>
            <Known value={asset.model} />
          </dd>
          <dt>Firmware</dt>
          <dd>
            <Known value={asset.firmware} />
          </dd>
          <dt>Serial</dt>
          <dd>
            <Known value={asset.serial} />
          </dd>
          <dt>First heard</dt>
          <dd>
            <Time at={asset.firstSeen} />
          </dd>
        </dl>
        <h3>Why this role</h3>
        <ul>
          {asset.roleReasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
        {asset.roleRunnerUp !== null && (
          <p class="soft">
            Else {asset.roleRunnerUp.role}: {asset.roleRunnerUp.reasons.join('; ')}
          </p>
        )}
        {asset.conflicts.map(({ field, values }) => (
          <p key={field} role="note">
            Says different things of its {field}: {values.map(({ value }) => value).join(', ')}
          </p>
        ))}
        {asset.joined.map((reason) => (
          <p key={reason} class="soft">
            {reason}
          </p>
        ))}
      </div>
    </section>
  );
}

function Unknowns({ asset: { completeness } }: { readonly asset: Asset }) {
  if (completeness.missing.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="unknown">
      <header>
        <h2 id="unknown">Still unknown</h2>
        <span class="spread" />
        <span class="soft">{percentWords(completeness.score)} known</span>
      </header>
      <div class="body">
        <dl class="facts known">
          {completeness.missing.map(({ name, toldBy }) => (
            <>
              <dt>{name}</dt>
              <dd class="soft">{toldBy}</dd>
            </>
          ))}
        </dl>
      </div>
    </section>
  );
}
