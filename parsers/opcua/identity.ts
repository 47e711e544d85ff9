/** Takes the evidence out of the messages that hold any: once or twice per session, never in the cyclic exchange. */
import { About, type FactSink, NO_UNIT } from '../protocol.ts';
import { Node, Type } from './codes.ts';
import { BuiltIn, type Cursor } from './cursor.ts';
import { Source } from './evidence.ts';

/** Endpoints told of one server; servers offer a dozen: policies times modes. */
const MAX_ENDPOINTS = 32;

const ANONYMOUS = 0; // UserTokenType

/** The string read last as evidence about the sender, if it says anything. */
function say(facts: FactSink, source: number, cursor: Cursor, about: About = About.sender): void {
  if (!cursor.ok || cursor.valueEnd <= cursor.valueAt) return;
  facts.evidence(source, about, NO_UNIT, cursor.b, cursor.valueAt, cursor.valueEnd);
}

/** An endpoint's URL, which the client knows or the server tells. */
export function readEndpointUrl(facts: FactSink, cursor: Cursor, about: About): void {
  cursor.string();
  say(facts, Source.endpointHost, cursor, about);
  say(facts, Source.endpoint, cursor, about);
}

/** ApplicationDescription (Part 4, 7.2). */
function readApplication(facts: FactSink, cursor: Cursor, uri: number, name: number): void {
  cursor.string();
  say(facts, uri, cursor);
  cursor.string();
  say(facts, Source.productUri, cursor);
  cursor.localizedText();
  say(facts, name, cursor);
  cursor.skip(4); // application type
  cursor.string(); // gateway
  cursor.string(); // discovery profile
  for (let left = cursor.count(); left > 0 && cursor.ok; left--) cursor.string();
}

/** EndpointDescription[] (Part 4, 7.14). */
export function readEndpoints(facts: FactSink, cursor: Cursor): void {
  for (let left = Math.min(cursor.count(), MAX_ENDPOINTS); left > 0 && cursor.ok; left--) {
    readEndpointUrl(facts, cursor, About.sender);
    readApplication(facts, cursor, Source.applicationUri, Source.applicationName);
    cursor.string(); // certificate
    const mode = cursor.at;
    cursor.skip(4);
    cursor.string();
    if (cursor.ok) facts.evidence(Source.offered, About.sender, NO_UNIT, cursor.b, mode, cursor.at);
    for (let tokens = cursor.count(); tokens > 0 && cursor.ok; tokens--) {
      cursor.string(); // policy id
      const type = cursor.at;
      const anonymous = cursor.u32() === ANONYMOUS;
      if (cursor.ok && anonymous) facts.evidence(Source.anonymous, About.sender, NO_UNIT, cursor.b, type, cursor.at);
      for (let i = 0; i < 3; i++) cursor.string(); // issued token type, issuer, security policy
    }
    cursor.string(); // transport profile
    cursor.skip(1); // security level
  }
}

/** FindServers: of several servers a discovery server speaks of others. */
export function readServers(facts: FactSink, cursor: Cursor): void {
  if (cursor.count() === 1) readApplication(facts, cursor, Source.applicationUri, Source.applicationName);
}

/** CreateSession request behind its header: the client's description, and the endpoint it means. */
export function readClient(facts: FactSink, cursor: Cursor): void {
  readApplication(facts, cursor, Source.clientUri, Source.clientName);
  cursor.string(); // server URI
  readEndpointUrl(facts, cursor, About.receiver);
}

/** ActivateSession request behind its header: how the user logs in, never who. */
export function readUser(facts: FactSink, cursor: Cursor): void {
  cursor.string(); // signature algorithm
  cursor.string(); // signature
  for (let left = cursor.count(); left > 0 && cursor.ok; left--) {
    cursor.string(); // software certificate
    cursor.string(); // its signature
  }
  for (let left = cursor.count(); left > 0 && cursor.ok; left--) cursor.string(); // locales
  const token = cursor.at;
  cursor.extensionObject();
  const { ok, id, valueAt, valueEnd, b } = cursor;
  if (!ok || id < 0 || valueEnd === valueAt) return;
  if (token + 4 <= valueAt) facts.evidence(Source.identityToken, About.sender, NO_UNIT, b, token, token + 4);
  if (id !== Type.userNameToken) return;
  cursor.open(b, valueAt, valueEnd);
  cursor.string(); // policy id
  cursor.string(); // user name
  cursor.string(); // password
  const password = cursor.valueEnd - cursor.valueAt;
  cursor.string(); // encryption algorithm
  if (cursor.ok && password > 0 && cursor.valueEnd === cursor.valueAt) {
    facts.evidence(Source.clearPassword, About.sender, NO_UNIT, b, token, token + 4);
  }
}

/** The value of one of the server's nodes, as `Cursor.dataValue` left it. */
export function readNodeValue(facts: FactSink, node: number, encoding: number, cursor: Cursor): void {
  if (node === Node.serverStatus || node === Node.buildInfo) {
    if (encoding === BuiltIn.extensionObject) readBuildInfo(facts, cursor);
  } else if (encoding === BuiltIn.string) {
    say(facts, sourceOf(node), cursor);
  }
}

function sourceOf(node: number): number {
  switch (node) {
    case Node.productName:
      return Source.productName;
    case Node.productUri:
      return Source.buildProductUri;
    case Node.manufacturerName:
      return Source.manufacturer;
    case Node.softwareVersion:
      return Source.softwareVersion;
    default:
      return Source.buildNumber;
  }
}

/** BuildInfo (Part 5, 12.4), by itself or within ServerStatusDataType (12.10), in the extension object read last. */
function readBuildInfo(facts: FactSink, cursor: Cursor): void {
  const { id, at, end, b, valueAt, valueEnd } = cursor;
  if (id !== Type.buildInfo && id !== Type.serverStatus) return;
  cursor.open(b, valueAt, valueEnd);
  if (id === Type.serverStatus) cursor.skip(20); // start time, current time, state
  cursor.string();
  say(facts, Source.buildProductUri, cursor);
  cursor.string();
  say(facts, Source.manufacturer, cursor);
  cursor.string();
  say(facts, Source.productName, cursor);
  cursor.string();
  say(facts, Source.softwareVersion, cursor);
  cursor.string();
  say(facts, Source.buildNumber, cursor);
  cursor.open(b, at, end);
}
