/** A decision that says why, and, where it can end, until when. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';

interface ReasonDialogProps {
  readonly title: string;
  /** What the decision does. */
  readonly children: ComponentChildren;
  /** The button's word. */
  readonly action: string;
  /** Whether the decision needs a reason. */
  readonly required?: boolean;
  /** Whether it can end. */
  readonly ends?: boolean;
  /** @param until ISO 8601 UTC; null: for good */
  readonly onDecide: (reason: string | null, until: string | null) => Promise<unknown>;
  readonly onClose: () => void;
}

export function ReasonDialog(props: ReasonDialogProps) {
  const { title, children, action, required = false, ends = false, onDecide, onClose } = props;
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  return (
    <Dialog label={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setSending(true);
          onDecide(reason.trim() || null, until === '' ? null : new Date(until).toISOString()).then(
            onClose,
            (error: Error) => {
              setFailure(error.message);
              setSending(false);
            },
          );
        }}
      >
        <h2>{title}</h2>
        <p class="soft">{children}</p>
        <label class="field">
          Reason
          <input
            required={required}
            maxLength={1000}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        {ends && (
          <label class="field">
            Until (empty: for good)
            <input
              type="date"
              min={new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}
              value={until}
              onInput={(event) => setUntil(event.currentTarget.value)}
            />
          </label>
        )}
        {failure !== null && <p role="alert">{failure}</p>}
        <div class="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={sending || (required && reason.trim() === '')}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
