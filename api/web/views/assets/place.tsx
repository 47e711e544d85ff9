import { roleWords } from '../../../../agent/baseline/words.ts';
import type { Asset } from '../../data/model.ts';
import { useZones } from '../../data/zones.ts';
import { AssetFacts } from './facts.tsx';

/** Where the asset is, what it is held for, and what speaks against that. */
export function Place({ asset }: { readonly asset: Asset }) {
  const zones = useZones();
  const zone = zones.data?.items.find(({ id }) => id === asset.zone);
  return (
    <section class="panel" aria-label="Place">
      <div class="body">
        <AssetFacts asset={asset} zone={zone} />
        <h3>Why this role</h3>
        <ul>
          {asset.roleReasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
        {asset.roleRunnerUp !== null && (
          <p class="soft">
            Else {roleWords(asset.roleRunnerUp.role)}: {asset.roleRunnerUp.reasons.join('; ')}
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
