/** What the draft changes and what it would flag, with the ways to keep it, take it back or see it as text. */
import { createTwoFilesPatch } from 'diff';
import { FileCode, History, Save, Undo2 } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { Dialog } from '../../parts/dialog.tsx';
import { save } from '../../parts/save.ts';
import { countWords } from '../../parts/words.ts';
import type { Draft, Preview } from './use-draft.ts';
import { Versions } from './versions.tsx';

export function DraftBar({ draft, preview }: { readonly draft: Draft; readonly preview: Preview }) {
  const [open, setOpen] = useState<'diff' | 'text' | 'versions' | null>(null);
  const [reason, setReason] = useState('');
  const { changes, saved, failure } = draft;
  const flagged = preview.violations.length;
  const dirty = changes.length > 0 || !saved;
  return (
    <section class="draft-bar" aria-label="Draft of the policy">
      <div role="status" class="said" title={changes.join('\n')}>
        {failure !== null ? (
          <strong class="failure">{failure}</strong>
        ) : (
          <>
            <strong>
              {changes.length > 0
                ? `${countWords(changes.length)} ${changes.length === 1 ? 'change' : 'changes'} not saved`
                : saved
                  ? 'This is the policy that holds'
                  : 'A proposal: no policy holds yet'}
            </strong>{' '}
            <span class="soft">
              {flagged === 0
                ? 'flags nothing that was heard'
                : `flags ${countWords(flagged)} ${flagged === 1 ? 'flow' : 'flows'} that ${flagged === 1 ? 'was' : 'were'} heard`}
              {changes.length > 0 && ` · last: ${changes.at(-1)}`}
            </span>
          </>
        )}
      </div>
      <button type="button" disabled={changes.length === 0} onClick={draft.undo}>
        <Undo2 size={15} aria-hidden="true" /> Undo
      </button>
      <button type="button" disabled={changes.length === 0} onClick={() => setOpen('diff')}>
        Changes
      </button>
      <button type="button" onClick={() => setOpen('text')}>
        <FileCode size={15} aria-hidden="true" /> YAML
      </button>
      <button type="button" onClick={() => setOpen('versions')}>
        <History size={15} aria-hidden="true" /> Versions
      </button>
      <input
        placeholder="Reason"
        aria-label="Reason for the change"
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <button
        type="button"
        class="primary"
        disabled={!dirty || draft.saving || failure !== null}
        onClick={() => void draft.save(reason).then(() => setReason(''))}
      >
        <Save size={15} aria-hidden="true" /> {saved ? 'Save' : 'Save as the policy'}
      </button>
      {open === 'diff' && <Changes draft={draft} onClose={() => setOpen(null)} />}
      {open === 'versions' && <Versions draft={draft} onClose={() => setOpen(null)} />}
      {open === 'text' && <TextDialog draft={draft} onClose={() => setOpen(null)} />}
    </section>
  );
}

function Changes({ draft, onClose }: { readonly draft: Draft; readonly onClose: () => void }) {
  const patch = createTwoFilesPatch('policy.yaml', 'policy.yaml', draft.base, draft.text ?? '', '', 'draft');
  return (
    <Dialog label="Changes" class="wide" onClose={onClose}>
      <form method="dialog">
        <h2>Changes</h2>
        <ol>
          {draft.changes.map((words, index) => (
            <li key={`${index} ${words}`}>{words}</li>
          ))}
        </ol>
        <pre class="patch">
          {patch
            .split('\n')
            .slice(2)
            .map((line, index) => (
              <span
                key={`${index} ${line}`}
                class={line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : ''}
              >
                {line}
                {'\n'}
              </span>
            ))}
        </pre>
        <div class="actions">
          <button
            type="button"
            class="danger"
            onClick={() => {
              draft.discard();
              onClose();
            }}
          >
            Discard all
          </button>
          <button type="submit">Close</button>
        </div>
      </form>
    </Dialog>
  );
}

function TextDialog({ draft, onClose }: { readonly draft: Draft; readonly onClose: () => void }) {
  const [text, setText] = useState(draft.text ?? '');
  return (
    <Dialog label="The policy as YAML" class="wide" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text !== draft.text) draft.replace(text);
          onClose();
        }}
      >
        <h2>The policy as YAML</h2>
        <textarea
          rows={24}
          spellcheck={false}
          class="mono"
          aria-label="YAML"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <div class="actions">
          <label class="button">
            Open a file
            <input
              type="file"
              accept=".yaml,.yml"
              hidden
              onChange={({ currentTarget: { files } }) => void files?.[0]?.text().then(setText)}
            />
          </label>
          <button type="button" onClick={() => save('policy.yaml', text, 'application/yaml')}>
            Save as a file
          </button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary">
            Use it as the draft
          </button>
        </div>
      </form>
    </Dialog>
  );
}
