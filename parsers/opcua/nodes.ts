/** The nodes that requests name, and those few of the server's own whose values say what it is. */
import type { FactSink } from '../protocol.ts';
import { Node, VALUE_ATTRIBUTE } from './codes.ts';
import type { Cursor } from './cursor.ts';
import { readNodeValue } from './identity.ts';

/** Nodes told of one request. Clients read hundreds at once; the first show what they are after. */
const MAX_NODES = 64;

/** Values of one read that are looked at for the server's identity: clients read these nodes first, if at all. */
const MAX_IDENTITY_NODES = 32;

/** What the requests of one conversation ask for. */
export class AskedNodes {
  /** Which of the server's nodes a Read asks for at each place, 0 for others; of one request at a time. */
  readonly #identity = new Uint16Array(MAX_IDENTITY_NODES);
  #identityRequest = 0;
  #identityNodes = 0;

  /** Read request behind its header (Part 4, 5.11.2): age, timestamps, nodes. */
  read(facts: FactSink, asked: number, request: number, cursor: Cursor): void {
    cursor.skip(12);
    const count = cursor.count();
    let found = false;
    for (let i = 0; i < count && i < MAX_NODES && cursor.ok; i++) {
      const attribute = readValueId(facts, asked, cursor);
      if (!cursor.ok || i >= MAX_IDENTITY_NODES) continue;
      const { id, namespace } = cursor;
      const tells = attribute === VALUE_ATTRIBUTE && namespace === 0 && id >= Node.serverStatus && tellsIdentity(id);
      this.#identity[i] = tells ? id : 0;
      if (tells) found = true;
    }
    if (!found) {
      if (this.#identityRequest === request) this.#identityNodes = 0;
      return;
    }
    this.#identityRequest = request;
    this.#identityNodes = Math.min(count, MAX_IDENTITY_NODES);
  }

  /** Read response behind its header: one value for each node that was asked for. */
  values(facts: FactSink, request: number, cursor: Cursor): void {
    if (this.#identityNodes === 0 || this.#identityRequest !== request) return;
    const count = Math.min(cursor.count(), this.#identityNodes);
    this.#identityNodes = 0;
    for (let i = 0; i < count && cursor.ok; i++) {
      const encoding = cursor.dataValue();
      const node = this.#identity[i] as number;
      if (node !== 0 && cursor.ok) readNodeValue(facts, node, encoding, cursor);
    }
  }

  /** Write request behind its header (5.11.4): nodes with their values. */
  write(facts: FactSink, asked: number, cursor: Cursor): void {
    for (let left = Math.min(cursor.count(), MAX_NODES); left > 0 && cursor.ok; left--) {
      cursor.nodeId();
      touch(facts, asked, cursor);
      cursor.skip(4);
      cursor.string();
      cursor.dataValue();
    }
  }

  /** Call request behind its header (5.12.2): objects, methods, arguments. */
  call(facts: FactSink, asked: number, cursor: Cursor): void {
    for (let left = Math.min(cursor.count(), MAX_NODES); left > 0 && cursor.ok; left--) {
      cursor.nodeId();
      cursor.nodeId();
      touch(facts, asked, cursor);
      for (let values = cursor.count(); values > 0 && cursor.ok; values--) cursor.variant();
    }
  }

  /** CreateMonitoredItems request behind its header (5.13.2): subscription, timestamps, items. */
  monitor(facts: FactSink, asked: number, cursor: Cursor): void {
    cursor.skip(8);
    for (let left = Math.min(cursor.count(), MAX_NODES); left > 0 && cursor.ok; left--) {
      readValueId(facts, asked, cursor);
      cursor.skip(16); // mode, handle, interval
      cursor.extensionObject(); // filter
      cursor.skip(5); // queue size, discard oldest
    }
  }
}

/** ReadValueId (Part 4, 7.29): node, attribute, range, encoding. Leaves the node in the cursor, returns the attribute. */
function readValueId(facts: FactSink, asked: number, cursor: Cursor): number {
  cursor.nodeId();
  touch(facts, asked, cursor);
  const attribute = cursor.u32();
  cursor.string();
  cursor.skip(2);
  cursor.string();
  return attribute;
}

/** Says that the node read last is meant. */
function touch(facts: FactSink, asked: number, cursor: Cursor): void {
  if (!cursor.ok) return;
  if (cursor.id >= 0) facts.touch(asked, cursor.namespace, cursor.id, 1);
  else facts.touchName(asked, cursor.namespace, cursor.b, cursor.valueAt, cursor.valueEnd);
}

function tellsIdentity(id: number): boolean {
  return id === Node.serverStatus || (id >= Node.buildInfo && id <= Node.buildNumber);
}
