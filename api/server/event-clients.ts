/** Clients that follow what happens: server-sent events (WHATWG HTML, section 9.2), as many as are permitted. */
import { PassThrough, type Readable } from 'node:stream';
import { Problem } from './http/problem.ts';

/** Milliseconds between comments that keep proxies from closing what is idle, and tell us who has gone. */
const HEARTBEAT = 15_000;

/** Milliseconds after which a client that was cut off comes back. */
const RETRY = 3000;

/** Who leaves so many bytes unread is sent away; it comes back and resumes behind the last event that it read. */
const MAX_UNREAD_BYTES = 256 * 1024;

/** One message to a client. */
export interface Message {
  /** Number to resume behind; absent for what is only of interest now. */
  readonly id?: number;
  readonly event: string;
  /** JSON in one line. */
  readonly data: string;
}

/** A client that follows. */
interface Client {
  readonly stream: PassThrough;
  /** The last event it was sent. */
  lastId: number;
}

/** Reads what happened behind an event's number, oldest first. */
export type ReadEvents = (after: number) => readonly (Message & { readonly id: number })[];

export class EventClients {
  readonly #clients = new Set<Client>();
  readonly #most: number;
  readonly #read: ReadEvents;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(most: number, read: ReadEvents) {
    this.#most = most;
    this.#read = read;
    this.#heartbeat = setInterval(() => this.#send(': still here\n\n'), HEARTBEAT).unref();
  }

  get count(): number {
    return this.#clients.size;
  }

  /**
   * Begins to send everything behind `lastId`.
   * @throws Problem UNAVAILABLE when there are as many clients as may be
   */
  follow(lastId: number): Readable {
    if (this.#clients.size >= this.#most) {
      throw new Problem('UNAVAILABLE', `${this.#most} clients follow events already`, {
        headers: { 'retry-after': '30' },
      });
    }
    const client: Client = { stream: new PassThrough(), lastId };
    this.#clients.add(client);
    client.stream.once('close', () => this.#clients.delete(client));
    this.#write(client, `retry: ${RETRY}\n\n`);
    this.#catchUp(client);
    return client.stream;
  }

  /** Sends every client the events it has not had. */
  catchUp(): void {
    for (const client of this.#clients) this.#catchUp(client);
  }

  /** Sends every client something that is of interest now, and is not kept. */
  tell(message: Message): void {
    this.#send(textOf(message));
  }

  /** Ends all streams: the clients come back when the service does. */
  close(): void {
    clearInterval(this.#heartbeat);
    for (const { stream } of this.#clients) stream.end();
    this.#clients.clear();
  }

  #catchUp(client: Client): void {
    for (;;) {
      const messages = this.#read(client.lastId);
      for (const message of messages) {
        if (!this.#write(client, textOf(message))) return;
        client.lastId = message.id;
      }
      if (messages.length === 0) return;
    }
  }

  #send(text: string): void {
    for (const client of this.#clients) this.#write(client, text);
  }

  /** @returns whether the client is still there */
  #write({ stream }: Client, text: string): boolean {
    if (stream.destroyed) return false;
    stream.write(text);
    if (stream.writableLength + stream.readableLength <= MAX_UNREAD_BYTES) return true;
    stream.destroy();
    return false;
  }
}

function textOf({ id, event, data }: Message): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
}
