/** Clients that follow what happens: server-sent events (WHATWG HTML, section 9.2), as many as are permitted. */
import { PassThrough, type Readable } from 'node:stream';
import { AddressCeiling } from './access/address-ceiling.ts';
import { Problem } from './http/problem.ts';

/** Milliseconds between comments that keep proxies from closing what is idle, and tell us who has gone. */
const HEARTBEAT = 15_000;

/** Milliseconds after which a client that was cut off comes back. */
const RETRY = 3000;

/** Who leaves so many bytes unread is sent away; it comes back and resumes behind the last event that it read. */
const MAX_UNREAD_BYTES = 256 * 1024;

/** Of events that a client missed, no more are put on their way before it has read so many bytes of them. */
const CATCH_UP_BYTES = 64 * 1024;

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
  /** There is more for it than it has read yet. */
  behind: boolean;
}

/** The events that are kept. */
export interface EventLog {
  /** Some of what happened behind an event's number, oldest first; none when there is no more. */
  read(after: number): readonly (Message & { readonly id: number })[];
  /** Number of the last event; 0 before the first. */
  last(): number;
  /** Number of the last event that is not kept any more; 0 when all are. */
  forgotten(): number;
}

export interface EventClientLimits {
  readonly maxEventClients: number;
  readonly maxEventClientsPerAddress: number;
}

export class EventClients {
  readonly #clients = new Set<Client>();
  readonly #most: number;
  readonly #mostOfOne: number;
  readonly #ofAddress: AddressCeiling;
  readonly #log: EventLog;
  readonly #heartbeat: NodeJS.Timeout;

  constructor({ maxEventClients, maxEventClientsPerAddress }: EventClientLimits, log: EventLog) {
    this.#most = maxEventClients;
    this.#mostOfOne = maxEventClientsPerAddress;
    this.#ofAddress = new AddressCeiling(maxEventClientsPerAddress);
    this.#log = log;
    this.#heartbeat = setInterval(() => this.#send(': still here\n\n'), HEARTBEAT).unref();
  }

  get count(): number {
    return this.#clients.size;
  }

  /**
   * Begins to send everything behind `lastId`, or what happens from now on.
   * @param address of the client
   * @param lastId number of the last event that it had; undefined: it had none and wants none
   * @throws Problem UNAVAILABLE when there are as many clients as may be, TOO_MANY_REQUESTS when its address has as many
   */
  follow(address: string, lastId: number | undefined): Readable {
    const retry = { headers: { 'retry-after': '30' } };
    if (this.#clients.size >= this.#most) {
      throw new Problem('UNAVAILABLE', `${this.#most} clients follow events already`, retry);
    }
    if (!this.#ofAddress.enter(address)) {
      throw new Problem('TOO_MANY_REQUESTS', `${this.#mostOfOne} clients of this address follow events already`, retry);
    }
    const last = this.#log.last();
    const client: Client = { stream: new PassThrough(), lastId: lastId ?? last, behind: false };
    this.#clients.add(client);
    client.stream.once('close', () => {
      this.#clients.delete(client);
      this.#ofAddress.leave(address);
    });
    client.stream.on('drain', () => {
      if (client.behind) this.#catchUp(client);
    });
    this.#write(client, `retry: ${RETRY}\n\n`);
    if (lastId !== undefined) this.#tellMissed(client, lastId, last);
    this.#catchUp(client);
    return client.stream;
  }

  /** Sends every client the events it has not had. */
  catchUp(): void {
    for (const client of this.#clients) if (!client.behind) this.#catchUp(client);
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

  /** Says that events between the last that a client had and the next that it gets are not to be had any more. */
  #tellMissed(client: Client, lastId: number, last: number): void {
    const forgotten = this.#log.forgotten();
    if (lastId >= forgotten && lastId <= last) return;
    // a number beyond the last is of another database: whoever has it has none of the events of this one
    client.lastId = lastId > last ? last : forgotten;
    const data = JSON.stringify({ after: lastId, until: client.lastId });
    this.#write(client, textOf({ id: client.lastId, event: 'missed', data }));
  }

  #catchUp(client: Client): void {
    for (;;) {
      const messages = this.#log.read(client.lastId);
      client.behind = messages.length > 0;
      for (const message of messages) {
        if (!this.#write(client, textOf(message))) return;
        client.lastId = message.id;
        if (unreadOf(client) > CATCH_UP_BYTES) return; // it goes on when this is read
      }
      if (!client.behind) return;
    }
  }

  #send(text: string): void {
    for (const client of this.#clients) this.#write(client, text);
  }

  /** @returns whether the client is still there */
  #write(client: Client, text: string): boolean {
    const { stream } = client;
    if (stream.destroyed) return false;
    stream.write(text);
    if (unreadOf(client) <= MAX_UNREAD_BYTES) return true;
    stream.destroy();
    return false;
  }
}

function unreadOf({ stream }: Client): number {
  return stream.writableLength + stream.readableLength;
}

function textOf({ id, event, data }: Message): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
}
