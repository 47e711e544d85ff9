/** Reads values of the binary encoding in their order: OPC UA Part 6, 5.2. */
import { i32le, u8, u16le, u32le } from '../bytes.ts';

/** NodeId encodings (5.2.2.9), without the two flags that ExpandedNodeIds have above. */
const NodeIdEncoding = { twoByte: 0, fourByte: 1, numeric: 2, string: 3, guid: 4, byteString: 5 } as const;
const SERVER_INDEX = 0x40;
const NAMESPACE_URI = 0x80;

/** Built-in types (5.1.2) that a Variant may hold, beyond those of fixed size. */
export const BuiltIn = {
  string: 12,
  byteString: 15,
  xmlElement: 16,
  nodeId: 17,
  expandedNodeId: 18,
  qualifiedName: 20,
  localizedText: 21,
  extensionObject: 22,
} as const;
/** Octets of the built-in types 1 (Boolean) to 19 (StatusCode) that have a fixed size, else 0. */
const FIXED = Uint8Array.of(0, 1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 0, 8, 16, 0, 0, 0, 0, 4);
const ARRAY = 0x80;
const DIMENSIONS = 0x40;

/** DataValue's encoding mask (5.2.2.17). */
const HAS_VALUE = 0x01;
const HAS_STATUS = 0x02;
const HAS_SOURCE_TIME = 0x04;
const HAS_SERVER_TIME = 0x08;
const HAS_SOURCE_PICOSECONDS = 0x10;
const HAS_SERVER_PICOSECONDS = 0x20;

/** More elements than this no array has that is worth a walk: a hostile count must not cost time. */
const MAX_ELEMENTS = 1 << 16;

/**
 * A place in a message. What does not fit sets `ok` to false and every later read gives 0 without moving.
 * One instance serves all conversations, since decoding never nests.
 */
export class Cursor {
  b: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  ok = true;

  /** The string or byte string read last. */
  valueAt = 0;
  valueEnd = 0;

  /** The NodeId read last: its namespace, and `id`, or -1 and the text at `valueAt` where it is no number. */
  namespace = 0;
  id = 0;

  open(b: Uint8Array, at: number, end: number): void {
    this.b = b;
    this.at = at;
    this.end = end;
    this.ok = at <= end;
  }

  skip(octets: number): void {
    if (!this.ok || octets > this.end - this.at) this.ok = false;
    else this.at += octets;
  }

  byte(): number {
    const { at } = this;
    this.skip(1);
    return this.ok ? u8(this.b, at) : 0;
  }

  u32(): number {
    const { at } = this;
    this.skip(4);
    return this.ok ? u32le(this.b, at) : 0;
  }

  /** An array's length; a null array (-1) has none. */
  count(): number {
    const { at } = this;
    this.skip(4);
    if (!this.ok) return 0;
    const count = i32le(this.b, at);
    if (count > MAX_ELEMENTS || count > this.end - this.at) this.ok = false; // each has an octet at least
    return this.ok && count > 0 ? count : 0;
  }

  /** A String, ByteString or XmlElement: null ones are empty. */
  string(): void {
    const { at } = this;
    this.skip(4);
    this.valueAt = this.at;
    if (this.ok) {
      const length = i32le(this.b, at);
      if (length > 0) this.skip(length);
    }
    this.valueEnd = this.at;
  }

  /** A NodeId or ExpandedNodeId. */
  nodeId(): void {
    const encoding = this.byte();
    const { b, at } = this;
    this.namespace = 0;
    this.id = -1;
    switch (encoding & ~(SERVER_INDEX | NAMESPACE_URI)) {
      case NodeIdEncoding.twoByte:
        this.skip(1);
        if (this.ok) this.id = u8(b, at);
        break;
      case NodeIdEncoding.fourByte:
        this.skip(3);
        if (this.ok) this.namespace = u8(b, at);
        if (this.ok) this.id = u16le(b, at + 1);
        break;
      case NodeIdEncoding.numeric:
        this.skip(6);
        if (this.ok) this.namespace = u16le(b, at);
        if (this.ok) this.id = u32le(b, at + 2);
        break;
      case NodeIdEncoding.string:
      case NodeIdEncoding.byteString:
        this.skip(2);
        if (this.ok) this.namespace = u16le(b, at);
        this.string();
        break;
      case NodeIdEncoding.guid:
        this.skip(18);
        if (this.ok) this.namespace = u16le(b, at);
        this.valueAt = at + 2;
        this.valueEnd = this.at;
        break;
      default:
        this.ok = false;
    }
    if ((encoding & (SERVER_INDEX | NAMESPACE_URI)) === 0) return;
    const { valueAt, valueEnd } = this;
    if ((encoding & NAMESPACE_URI) !== 0) this.string();
    if ((encoding & SERVER_INDEX) !== 0) this.skip(4);
    this.valueAt = valueAt;
    this.valueEnd = valueEnd;
  }

  /** Leaves `id` and `namespace` at those of the type, and its body (if any) between `valueAt` and `valueEnd`. */
  extensionObject(): void {
    this.nodeId();
    const body = this.byte();
    this.valueAt = this.at;
    this.valueEnd = this.at;
    if (body === 1 || body === 2) this.string();
    else if (body !== 0) this.ok = false;
  }

  /** Leaves its text between `valueAt` and `valueEnd`. */
  localizedText(): void {
    const mask = this.byte();
    this.valueAt = this.at;
    this.valueEnd = this.at;
    if ((mask & 1) !== 0) this.string(); // the locale
    if ((mask & 2) !== 0) this.string();
    else this.valueAt = this.valueEnd;
  }

  /**
   * A Variant: returns its built-in type with the array bits, and leaves the value between `valueAt` and `valueEnd`
   * where it is one scalar. Variants of variants, data values and diagnostics end the walk.
   */
  variant(): number {
    const encoding = this.byte();
    const type = encoding & 0x3f;
    let left = (encoding & ARRAY) !== 0 ? this.count() : 1;
    const octets = type < FIXED.length ? (FIXED[type] as number) : 0;
    if (type === 0) return encoding;
    if (octets > 0) this.skip(left * octets);
    else for (; left > 0 && this.ok; left--) this.#scalar(type);
    if ((encoding & DIMENSIONS) !== 0) this.skip(4 * this.count());
    return encoding;
  }

  #scalar(type: number): void {
    switch (type) {
      case BuiltIn.string:
      case BuiltIn.byteString:
      case BuiltIn.xmlElement:
        this.string();
        break;
      case BuiltIn.nodeId:
      case BuiltIn.expandedNodeId:
        this.nodeId();
        break;
      case BuiltIn.qualifiedName:
        this.skip(2);
        this.string();
        break;
      case BuiltIn.localizedText:
        this.localizedText();
        break;
      case BuiltIn.extensionObject:
        this.extensionObject();
        break;
      default:
        this.ok = false;
    }
  }

  /** A DataValue; returns its variant's encoding as `variant` does, 0 when it has no value. */
  dataValue(): number {
    const mask = this.byte();
    const encoding = (mask & HAS_VALUE) !== 0 ? this.variant() : 0;
    let rest = 0;
    if ((mask & HAS_STATUS) !== 0) rest += 4;
    if ((mask & HAS_SOURCE_TIME) !== 0) rest += 8;
    if ((mask & HAS_SOURCE_PICOSECONDS) !== 0) rest += 2;
    if ((mask & HAS_SERVER_TIME) !== 0) rest += 8;
    if ((mask & HAS_SERVER_PICOSECONDS) !== 0) rest += 2;
    this.skip(rest);
    return encoding;
  }

  /** Part 4, 7.32: authentication token (a secret: passed over), time, handle, diagnostics, audit, timeout, header. */
  requestHeader(): void {
    this.nodeId();
    this.skip(16);
    this.string();
    this.skip(4);
    this.extensionObject();
  }

  /** Part 4, 7.33: returns the service result. Diagnostics within the header end the walk behind it. */
  responseHeader(): number {
    this.skip(12);
    const result = this.u32();
    const { ok } = this;
    if (this.byte() !== 0) this.ok = false;
    for (let left = this.count(); left > 0 && this.ok; left--) this.string();
    this.extensionObject();
    return ok ? result : 0;
  }
}

/** The one cursor of this protocol. */
export const cursor: Cursor = new Cursor();
