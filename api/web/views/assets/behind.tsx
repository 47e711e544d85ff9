import { Link } from 'wouter-preact';
import { useAll } from '../../data/all.ts';
import type { Asset } from '../../data/model.ts';
import { partName } from '../../data/names.ts';
import { Role } from '../../parts/role.tsx';

/** Modules, units and stations behind the device. */
export function Behind({ asset }: { readonly asset: Asset }) {
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
              <td>
                <Role of={part.role} reasons={part.roleReasons} />
              </td>
              <td>{[part.vendor, part.product ?? part.model].filter(Boolean).join(' ')}</td>
              <td>{part.firmware}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
