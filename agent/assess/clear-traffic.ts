/** Which traffic can be read on its way. */
import type { ConversationSnapshot } from '../model/snapshot.ts';

/** Protocols of which the content is encrypted, or which carry none that anybody could read. */
const ENCRYPTED: ReadonlySet<string> = new Set(['tls', 'ssh', 'teamviewer', 'esp', 'udp/500', 'udp/4500', 'udp/51820']);
/** Protocols that encrypt or do not, which a conversation alone does not tell. */
const EITHER: ReadonlySet<string> = new Set([
  ...[
    'rdp',
    'opcua',
    'smb',
    's7comm-plus',
    'kerberos',
    'mssql',
    'postgresql',
    'mysql',
    'ldap',
    'smtp',
    'imap',
    'pop3',
    'codesys',
  ],
  ...['snmp', 'vnc', 'oracle-tns', 'cotp'],
]);

/** Whether a conversation's content can be read; null when it is not known. */
export function isClear({
  protocol,
  recognised,
}: Pick<ConversationSnapshot, 'protocol' | 'recognised'>): boolean | null {
  if (ENCRYPTED.has(protocol)) return false;
  return !recognised || EITHER.has(protocol) ? null : true;
}

/** The share (0 to 1) of bytes in clear among the bytes of which it is known; null when it is known of none. */
export function clearShareOf(conversations: readonly ConversationSnapshot[]): number | null {
  let clear = 0;
  let known = 0;
  for (const conversation of conversations) {
    const readable = isClear(conversation);
    if (readable === null) continue;
    known += conversation.bytes;
    if (readable) clear += conversation.bytes;
  }
  return known === 0 ? null : clear / known;
}
