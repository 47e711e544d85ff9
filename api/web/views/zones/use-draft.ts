/** The draft of this browser tab: what is saved, what was changed since, and what the service makes of it. */
import { useEffect, useState } from 'preact/hooks';
import { get, request } from '../../data/client.ts';
import { revision } from '../../data/live.ts';
import type { Conduit, List, Violation, Zone, ZoneMember } from '../../data/model.ts';
import type { Edit } from './draft.ts';

export interface PreviewZone extends Omit<Zone, 'assetCount'> {
  readonly members: readonly ZoneMember[];
}

/** What a draft would make of the traffic that was heard. */
export interface Preview {
  readonly zones: readonly PreviewZone[];
  readonly conduits: readonly Conduit[];
  readonly violations: readonly Violation[];
  readonly unusedConduits: readonly string[];
}

export interface Draft {
  /** Undefined until it is there. */
  readonly text: string | undefined;
  /** What was saved or proposed before any change. */
  readonly base: string;
  /** The policy holds; else the base is a proposal that nobody saved. */
  readonly saved: boolean;
  readonly changes: readonly string[];
  readonly preview: Preview | undefined;
  readonly failure: string | null;
  readonly saving: boolean;
  /** @param words what the change is, for the list of changes */
  readonly change: (words: string, edit: Edit) => void;
  /** Takes the last change back. */
  readonly undo: () => void;
  readonly discard: () => void;
  readonly replace: (text: string) => void;
  readonly save: (reason: string) => Promise<void>;
}

const YAML = 'application/yaml';
const KEPT = 'fieldmark.draft';
const WAIT = 150;

interface Step {
  readonly words: string;
  readonly text: string;
}

/** What a draft starts from: the policy that holds, or a proposal. */
interface Base {
  readonly text: string;
  /** Of the policy that holds; null for a proposal. */
  readonly etag: string | null;
  readonly saved: boolean;
}

interface Kept {
  readonly base: string;
  readonly steps: readonly Step[];
}

export function useDraft(): Draft {
  const [base, setBase] = useState<Base>();
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const [preview, setPreview] = useState<Preview>();
  const [failure, setFailure] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    loadBase().then(
      (loaded) => {
        setBase(loaded);
        setSteps(keptSteps(loaded.text));
      },
      (error: Error) => setFailure(error.message),
    );
    // a proposal follows what is heard and decided, as long as nobody builds on it
  }, [turn, base?.saved === false && steps.length === 0 ? revision.value : 0]);

  const text = steps.at(-1)?.text ?? base?.text;
  // a moment after the last change, and again when new traffic was heard
  useEffect(() => {
    if (text === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      check(text, abort.signal).then(
        (made) => {
          setPreview(made);
          setFailure(null);
        },
        (error: Error) => {
          if (!abort.signal.aborted) setFailure(error.message);
        },
      );
    }, WAIT);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, revision.value]);

  const keep = (next: readonly Step[]) => {
    setSteps(next);
    if (base === undefined) return;
    if (next.length === 0) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, JSON.stringify({ base: base.text, steps: next } satisfies Kept));
  };
  return {
    text,
    base: base?.text ?? '',
    saved: base?.saved ?? false,
    changes: steps.map(({ words }) => words),
    preview,
    failure,
    saving,
    change: (words, edit) => {
      if (text !== undefined) keep([...steps, { words, text: edit(text) }]);
    },
    undo: () => keep(steps.slice(0, -1)),
    discard: () => keep([]),
    replace: (next) => keep([...steps, { words: 'the text was edited', text: next }]),
    save: async (reason) => {
      if (text === undefined || base === undefined) return;
      setSaving(true);
      try {
        await put(text, base.etag, reason);
        keep([]);
        setTurn(turn + 1);
      } catch (error) {
        setFailure((error as Error).message);
      } finally {
        setSaving(false);
      }
    },
  };
}

async function loadBase(): Promise<Base> {
  const versions = await get<List<{ readonly active: boolean }>>('/policy/versions?limit=1');
  const saved = versions.items[0]?.active ?? false;
  const response = await request(saved ? '/policy' : '/policy/proposal', { headers: { accept: YAML } });
  return { text: await response.text(), etag: saved ? response.headers.get('etag') : null, saved };
}

/** Changes that this tab made to the same base before it was left. */
function keptSteps(base: string): readonly Step[] {
  const text = sessionStorage.getItem(KEPT);
  if (text === null) return [];
  const kept = JSON.parse(text) as Kept;
  return kept.base === base ? kept.steps : [];
}

async function check(text: string, signal: AbortSignal): Promise<Preview> {
  const headers = { 'content-type': YAML, accept: 'application/json' };
  const response = await request('/policy/check', { method: 'POST', headers, body: text, signal });
  return (await response.json()) as Preview;
}

async function put(text: string, etag: string | null, reason: string): Promise<void> {
  const query = reason === '' ? '' : `?reason=${encodeURIComponent(reason)}`;
  const condition: Record<string, string> = etag === null ? { 'if-none-match': '*' } : { 'if-match': etag };
  const headers = { 'content-type': YAML, accept: 'application/json', ...condition };
  await request(`/policy${query}`, { method: 'PUT', headers, body: text });
}
