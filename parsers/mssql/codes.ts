/** Numbers of TDS ([MS-TDS] 2.2.3.1.1, 2.2.6.5, 2.2.7). */
import type { Access } from '../protocol.ts';

/** Types of packets. */
export const Packet = { batch: 1, result: 4, login: 16, preLogin: 18 } as const;
/** The operation number of a batch that begins with SELECT. */
export const READING_BATCH = 0x101;

/** By packet type. A batch or a procedure may do anything. */
export const OPERATIONS: ReadonlyMap<number, readonly [code: string, name: string, access: Access]> = new Map([
  [1, ['sql-batch', 'SQL Batch', 'write']],
  [READING_BATCH, ['sql-batch.select', 'SQL Batch: SELECT', 'read']],
  [2, ['login', 'Pre-TDS7 Login', 'session']],
  [3, ['rpc', 'Remote Procedure Call', 'write']],
  [6, ['attention', 'Attention', 'session']],
  [7, ['bulk-load', 'Bulk Load', 'write']],
  [8, ['fed-auth', 'Federated Authentication Token', 'session']],
  [14, ['transaction', 'Transaction Manager Request', 'session']],
  [16, ['login7', 'Login', 'session']],
  [17, ['sspi', 'SSPI', 'session']],
  [18, ['prelogin', 'Pre-Login', 'session']],
]);

/** Options of PRELOGIN. */
export const PreLogin = { version: 0, encryption: 1, end: 0xff } as const;
/** Values of the encryption option; 0 encrypts the login alone. */
export const Encryption = { off: 0, on: 1, notSupported: 2, required: 3 } as const;

/** Places of the texts' offset and length in LOGIN7, behind its fixed part. */
export const Login = { hostName: 0, password: 8, applicationName: 12, serverName: 16 } as const;

/** Tokens of an answer. */
export const Token = { error: 0xaa, info: 0xab, loginAck: 0xad, environment: 0xe3 } as const;
