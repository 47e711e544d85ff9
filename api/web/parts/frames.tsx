/** The frames that prove a statement, each to be saved as a small capture. */
import { Download } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { download } from '../data/client.ts';
import { countWords } from './words.ts';

export interface FrameReference {
  readonly file: string;
  /** From 1. */
  readonly frame: number;
}

export function Frames({ of }: { readonly of: readonly FrameReference[] }) {
  if (of.length === 0) return null;
  return (
    <ul class="row chips" aria-label="Frames that prove it">
      {of.map((reference) => (
        <li key={`${reference.file} ${reference.frame}`}>
          <FrameLink of={reference} />
        </li>
      ))}
    </ul>
  );
}

export function FrameLink({ of: { file, frame } }: { readonly of: FrameReference }) {
  const [failure, setFailure] = useState<string | null>(null);
  const path = `/frames?file=${encodeURIComponent(file)}&frame=${frame}`;
  return (
    <>
      <button
        type="button"
        class="plain link"
        title={`Frame ${frame} of ${file} as a small capture`}
        onClick={() => download(path, `frame-${frame}.pcap`).catch((error: Error) => setFailure(error.message))}
      >
        <Download size={14} aria-hidden="true" /> frame {countWords(frame)}
      </button>
      {failure !== null && <span role="alert">{failure}</span>}
    </>
  );
}
