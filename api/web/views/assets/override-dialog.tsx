/** What an operator knows better than the traffic: it beats all evidence, and stays until it is taken back. */
import { useState } from 'preact/hooks';
import { send } from '../../data/client.ts';
import type { Asset } from '../../data/model.ts';
import { Dialog } from '../../parts/dialog.tsx';

const FIELDS = [
  'name',
  'role',
  'purdue-level',
  'vendor',
  'product',
  'model',
  'firmware',
  'hardware',
  'serial',
  'location',
  'os',
];

interface OverrideDialogProps {
  readonly asset: Asset;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

export function OverrideDialog({ asset, onClose, onSaved }: OverrideDialogProps) {
  const [field, setField] = useState('name');
  const [value, setValue] = useState('');
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const save = (event: Event) => {
    event.preventDefault();
    setSaving(true);
    send('PUT', `/assets/${encodeURIComponent(asset.id)}/overrides/${field}`, { value, reason: reason || null }).then(
      onSaved,
      (error: Error) => {
        setFailure(error.message);
        setSaving(false);
      },
    );
  };
  return (
    <Dialog label="Correct this asset" onClose={onClose}>
      <form onSubmit={save}>
        <h2>Correct {asset.names[0] ?? asset.ip[0] ?? asset.mac[0]}</h2>
        <p class="soft">What you say beats what was heard. What was heard stays beside it.</p>
        <label class="field">
          Field
          <select value={field} onChange={(event) => setField(event.currentTarget.value)}>
            {FIELDS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label class="field">
          Value
          <input required value={value} onInput={(event) => setValue(event.currentTarget.value)} />
        </label>
        <label class="field">
          Reason
          <input value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        {failure !== null && <p role="alert">{failure}</p>}
        <div class="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={saving || value === ''}>
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}
