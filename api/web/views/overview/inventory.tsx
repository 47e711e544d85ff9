import type { Asset } from '../../data/model.ts';
import { Bar } from '../../parts/bar.tsx';

const FIELDS: readonly (readonly [string, (asset: Asset) => boolean])[] = [
  ['name', ({ names }) => names.length > 0],
  ['vendor', ({ vendor }) => vendor !== null],
  ['model', ({ model, product }) => (model ?? product) !== null],
  ['firmware', ({ firmware }) => firmware !== null],
  ['serial number', ({ serial }) => serial !== null],
  ['role', ({ role }) => role !== 'unknown'],
  ['zone', ({ zone }) => zone !== null],
];

/** Of how many assets each attribute is known, and how much of a whole inventory that makes. */
export function Inventory({ assets }: { readonly assets: readonly Asset[] }) {
  const count = Math.max(1, assets.length);
  const known = assets.reduce((sum, { completeness }) => sum + completeness.score, 0) / count;
  return (
    <dl class="shares">
      {FIELDS.map(([field, isKnown]) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            <Bar share={assets.filter(isKnown).length / count} label={`Assets whose ${field} is known`} />
          </dd>
        </div>
      ))}
      <div>
        <dt>
          <strong>all in all</strong>
        </dt>
        <dd>
          <Bar share={known} label="What is known of what an inventory should hold" />
        </dd>
      </div>
    </dl>
  );
}
