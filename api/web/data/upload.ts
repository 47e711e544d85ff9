/** Sends a capture to the service. XMLHttpRequest, because fetch does not tell how much of a body is sent. */
import { retryAfter, token, waitOf } from './client.ts';

export interface Sending {
  readonly id: number;
  readonly name: string;
  /** Of the file, 0 to 1. */
  readonly share: number;
  /** Bytes per second. */
  readonly rate: number;
  readonly failure: string | null;
  /** All was sent and taken. */
  readonly done: boolean;
}

let count = 0;

export function upload(file: File, onState: (state: Sending) => void): void {
  const id = ++count;
  const { name } = file;
  let state: Sending = { id, name, share: 0, rate: 0, failure: null, done: false };
  const tell = (change: Partial<Sending>) => {
    state = { ...state, ...change };
    onState(state);
  };
  tell({});
  send(1);

  function send(tries: number): void {
    const startedAt = performance.now();
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/captures?name=${encodeURIComponent(name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    const known = token();
    if (known !== null) request.setRequestHeader('authorization', `Bearer ${known}`);
    request.upload.onprogress = ({ loaded, total }) => {
      const seconds = (performance.now() - startedAt) / 1000;
      tell({ share: total > 0 ? loaded / total : 0, rate: seconds > 0 ? loaded / seconds : 0 });
    };
    request.onload = () => {
      if (request.status < 300) return tell({ share: 1, done: true });
      const wait = waitOf(request.status, retryAfter(request.getResponseHeader('retry-after')), tries);
      if (wait !== null) return setTimeout(send, wait, tries + 1);
      tell({ failure: refusal(request.responseText) ?? `refused with ${request.status}` });
    };
    request.onerror = () => tell({ failure: 'The service does not answer.' });
    request.send(file);
  }
}

function refusal(body: string): string | undefined {
  try {
    const { detail, title } = JSON.parse(body) as { detail?: string; title?: string };
    return detail ?? title;
  } catch {
    return undefined; // whoever stands between answered, not the service
  }
}
