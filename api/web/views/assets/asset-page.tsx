/** One asset: who it is and how that is known, who it talks to, how it changed, and what is still unknown. */
import { ArrowLeft, Pencil } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { roleWords } from '../../../../agent/baseline/words.ts';
import type { Asset } from '../../data/model.ts';
import { assetName } from '../../data/names.ts';
import { useResource } from '../../data/resource.ts';
import { ROLE_ICONS } from '../../parts/role.tsx';
import { Loaded } from '../../parts/states.tsx';
import { Time } from '../../parts/values.tsx';
import { percentWords } from '../../parts/words.ts';
import { Behind } from './behind.tsx';
import { Edits } from './edits.tsx';
import { EvidenceTable } from './evidence.tsx';
import { History } from './history.tsx';
import { OverrideDialog } from './override-dialog.tsx';
import { Place } from './place.tsx';
import { Talks } from './talks.tsx';
import { Unknowns } from './unknowns.tsx';

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
                <section class="panel" aria-labelledby="identity">
                  <header>
                    <h2 id="identity">How it is known</h2>
                  </header>
                  <EvidenceTable path={path} />
                </section>
                <Talks asset={data} />
                <Behind asset={data} />
                <History path={path} />
              </div>
              <div>
                <Place asset={data} />
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
          {roleWords(asset.role)}{' '}
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
