import { Download } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { download } from '../../data/client.ts';

const FORMATS = [
  ['html', 'Report (HTML, one file)'],
  ['md', 'Report (Markdown)'],
  ['json', 'Everything (JSON)'],
  ['csv', 'Asset register (CSV)'],
  ['svg', 'Diagram (SVG)'],
  ['mermaid', 'Diagram (Mermaid)'],
  ['graphml', 'Diagram (GraphML)'],
  ['drawio', 'Diagram (draw.io)'],
] as const;
const SUFFIXES: Readonly<Record<string, string>> = { mermaid: 'mmd' };

/** The report and its parts as files. */
export function Downloads() {
  const [failure, setFailure] = useState<string | null>(null);
  return (
    <>
      {failure !== null && <span role="alert">{failure}</span>}
      <details class="menu">
        <summary class="button primary">
          <Download size={15} aria-hidden="true" /> Download
        </summary>
        <div class="menu-body">
          {FORMATS.map(([format, words]) => (
            <button
              key={format}
              type="button"
              class="plain"
              onClick={() => {
                setFailure(null);
                download(`/exports/${format}`, `fieldmark-report.${SUFFIXES[format] ?? format}`).catch((error: Error) =>
                  setFailure(error.message),
                );
              }}
            >
              {words}
            </button>
          ))}
        </div>
      </details>
    </>
  );
}
