import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const UACP = 'OPC UA Part 6, 7.1.2';
const SERVICES = 'OPC UA Part 6, 5.2 and 6.7.2; Part 4, 5; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'opens and closes a connection that is not secured',
    origin: UACP,
    messages: [
      [
        'client',
        `48454c4639000000 ; HEL F, 57 bytes
         0000000000000100000001000000000000000000 ; version, buffers, no limits
         190000006f70632e7463703a2f2f706c63372e706c616e743a34383430 ; opc.tcp://plc7.plant:4840`,
      ],
      [
        'server',
        `41434b461c000000 ; ACK F, 28 bytes
         0000000000000100000001000000000000000000 ; version, buffers, no limits`,
      ],
      [
        'client',
        `4f504e4684000000 ; OPN F, 132 bytes
         00000000 ; no channel yet
         2f000000687474703a2f2f6f7063666f756e646174696f6e2e6f72672f55412f5365637572697479506f6c696379234e6f6e65 ; http://opcfoundation.org/UA/SecurityPolicy#None
         ffffffffffffffff ; no certificate, no thumbprint
         0100000001000000 ; sequence 1, request 1
         0100be01 ; OpenSecureChannelRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header
         000000000000000001000000ffffffff80ee3600 ; version, issue, mode None, no nonce, lifetime`,
      ],
      [
        'server',
        `4f504e4687000000 ; OPN F, 135 bytes
         07000000 ; channel 7
         2f000000687474703a2f2f6f7063666f756e646174696f6e2e6f72672f55412f5365637572697479506f6c696379234e6f6e65 ; http://opcfoundation.org/UA/SecurityPolicy#None
         ffffffffffffffff ; no certificate, no thumbprint
         0100000001000000 ; sequence 1, request 1
         0100c101 ; OpenSecureChannelResponse
         0000000000000000010000000000000000ffffffff000000 ; response header, result 0x00000000
         000000000700000001000000000000000000000080ee3600ffffffff ; version, token, no nonce`,
      ],
      [
        'client',
        `434c4f4639000000 ; CLO F, 57 bytes
         07000000010000000900000009000000 ; channel 7, token 1, sequence 9, request 9
         0100c401 ; CloseSecureChannelRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header`,
      ],
    ],
    operations: [
      'hel Hello (session): 1 requests, 1 responses, 0 refused',
      '446 OpenSecureChannel (session): 1 requests, 1 responses, 0 refused',
      '452 CloseSecureChannel (session): 1 requests, 0 responses, 0 refused',
    ],
    evidence: [
      'name = plc7.plant (opcua.endpoint-url, server)',
      'note = OPC UA endpoint opc.tcp://plc7.plant:4840 (opcua.endpoint-url, server)',
      'protection = OPC UA: not secured (policy None) (opcua.security-policy, server)',
      'protection = OPC UA: not secured (policy None) (opcua.security-policy, server)',
    ],
  },
  {
    title: 'is told that the endpoint is not known',
    origin: UACP,
    messages: [
      [
        'client',
        `48454c4639000000 ; HEL F, 57 bytes
         0000000000000100000001000000000000000000 ; version, buffers, no limits
         190000006f70632e7463703a2f2f706c63372e706c616e743a34383430 ; opc.tcp://plc7.plant:4840`,
      ],
      [
        'server',
        `4552524610000000 ; ERR F, 16 bytes
         00008380 ; Bad_TcpEndpointUrlInvalid
         ffffffff ; no reason`,
      ],
    ],
    operations: ['hel Hello (session): 1 requests, 1 responses, 1 refused'],
    evidence: [
      'name = plc7.plant (opcua.endpoint-url, server)',
      'note = OPC UA endpoint opc.tcp://plc7.plant:4840 (opcua.endpoint-url, server)',
    ],
  },
  {
    title: 'hears a server that calls its client',
    origin: UACP,
    messages: [
      [
        'server',
        `524845462a000000 ; RHE F, 42 bytes
         0800000075726e3a706c6337 ; urn:plc7
         120000006f70632e7463703a2f2f31302e302e302e37 ; opc.tcp://10.0.0.7`,
      ],
    ],
    evidence: ['note = OPC UA endpoint opc.tcp://10.0.0.7 (opcua.endpoint-url, server)'],
  },
  {
    title: 'reads, writes and calls; one value is not writable, one request fails',
    origin: SERVICES,
    messages: [
      [
        'client',
        `4d5347468d000000 ; MSG F, 141 bytes
         07000000010000000200000002000000 ; channel 7, token 1, sequence 2, request 2
         01007702 ; ReadRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header
         00000000000000000200000003000000 ; age 0, no timestamps, three nodes
         0102e9030d000000ffffffff0000ffffffff ; ns=2;i=1001, value
         0303000b0000004c696e65312e53706565640d000000ffffffff0000ffffffff ; ns=3;s=Line1.Speed, value
         0100d3080d000000ffffffff0000ffffffff ; i=2259`,
      ],
      [
        'server',
        `4d5347464f000000 ; MSG F, 79 bytes
         07000000010000000200000002000000 ; channel 7, token 1, sequence 2, request 2
         01007a02 ; ReadResponse
         0000000000000000010000000000000000ffffffff000000 ; response header, result 0x00000000
         03000000 ; three values
         010b0000000000000000 ; Double
         010101 ; Boolean
         010600000000 ; Int32
         ffffffff ; no diagnostics`,
      ],
      [
        'client',
        `4d53474670000000 ; MSG F, 112 bytes
         07000000010000000400000005000000 ; channel 7, token 1, sequence 4, request 5
         0100a102 ; WriteRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header
         02000000 ; two values
         0102e9030d000000ffffffff010b0000000000000000 ; ns=2;i=1001, Double
         020200701101000d000000ffffffff0186020000000100000002000000 ; ns=2;i=70000, Int32[2]`,
      ],
      [
        'server',
        `4d53474644000000 ; MSG F, 68 bytes
         07000000010000000400000005000000 ; channel 7, token 1, sequence 4, request 5
         0100a402 ; WriteResponse
         0000000000000000010000000000000000ffffffff000000 ; response header, result 0x00000000
         020000000000000000003b80 ; good, Bad_NotWritable
         ffffffff ; no diagnostics`,
      ],
      [
        'client',
        `4d5347464e000000 ; MSG F, 78 bytes
         07000000010000000500000006000000 ; channel 7, token 1, sequence 5, request 6
         0100c802 ; CallRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header
         010000000102320001023300010000000703000000 ; object ns=2;i=50, method ns=2;i=51, UInt32`,
      ],
      [
        'server',
        `4d5347464c000000 ; MSG F, 76 bytes
         07000000010000000500000006000000 ; channel 7, token 1, sequence 5, request 6
         0100cb02 ; CallResponse
         0000000000000000010000000000000000ffffffff000000 ; response header, result 0x00000000
         0100000000000000ffffffffffffffffffffffff ; good
         ffffffff ; no diagnostics`,
      ],
      [
        'client',
        `4d5347466f000000 ; MSG F, 111 bytes
         07000000010000000600000007000000 ; channel 7, token 1, sequence 6, request 7
         0100ef02 ; CreateMonitoredItemsRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header
         010000000200000001000000 ; subscription 1, one item
         0102e9030d000000ffffffff0000ffffffff ; ns=2;i=1001
         020000000100000000000000000000000000000100000001 ; reporting, no filter, queue 1`,
      ],
      [
        'server',
        `4d53474634000000 ; MSG F, 52 bytes
         07000000010000000600000007000000 ; channel 7, token 1, sequence 6, request 7
         01008d01 ; ServiceFault
         0000000000000000010000000000288000ffffffff000000 ; response header, result 0x80280000`,
      ],
      [
        'client',
        `4d5347463d000000 ; MSG F, 61 bytes
         07000000010000000700000008000000 ; channel 7, token 1, sequence 7, request 8
         01003a03 ; PublishRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header
         ffffffff ; no acknowledgements`,
      ],
      [
        'server',
        `4d53474655000000 ; MSG F, 85 bytes
         07000000010000000700000009000000 ; channel 7, token 1, sequence 7, request 9
         01003d03 ; PublishResponse
         0000000000000000010000000000000000ffffffff000000 ; response header, result 0x00000000
         01000000ffffffff00010000000000000000000000ffffffffffffffffffffffff ; keep-alive`,
      ],
    ],
    operations: [
      '631 Read (read): 1 requests, 1 responses, 0 refused',
      '673 Write (write): 1 requests, 1 responses, 1 refused',
      '712 Call (control): 1 requests, 1 responses, 0 refused',
      '751 CreateMonitoredItems (read): 1 requests, 1 responses, 1 refused',
      '826 Publish (read): 1 requests, 1 responses, 0 refused',
    ],
    touches: [
      '631: ns=2 1001+1',
      '631: ns=3 "Line1.Speed"',
      '631: ns=0 2259+1',
      '673: ns=2 1001+1',
      '673: ns=2 70000+1',
      '712: ns=2 51+1',
      '751: ns=2 1001+1',
    ],
  },
  {
    title: 'learns product and version from the server’s own nodes',
    origin: SERVICES,
    messages: [
      [
        'client',
        `4d53474691000000 ; MSG F, 145 bytes
         07000000010000000300000003000000 ; channel 7, token 1, sequence 3, request 3
         01007702 ; ReadRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header
         00000000000000000200000004000000 ; four nodes
         0100d7080d000000ffffffff0000ffffffff ; ManufacturerName
         0100d5080d000000ffffffff0000ffffffff ; ProductName
         0100d8080d000000ffffffff0000ffffffff ; SoftwareVersion
         0100d4080d000000ffffffff0000ffffffff ; BuildInfo`,
      ],
      [
        'server',
        `4d534746ca000000 ; MSG F, 202 bytes
         07000000010000000300000003000000 ; channel 7, token 1, sequence 3, request 3
         01007a02 ; ReadResponse
         0000000000000000010000000000000000ffffffff000000 ; response header, result 0x00000000
         04000000 ; four values
         050c0400000041636d650000000000000000 ; Acme, with source time
         050c0b00000041636d65205365727665720000000000000000 ; Acme Server
         0b0c05000000342e322e30000000000000000000000000 ; 4.2.0, with status and server time
         01160100540101410000000f00000075726e3a61636d653a7365727665720400000041636d650b00000041636d652053657276657205000000342e322e310200000037370000000000000000 ; BuildInfo
         ffffffff ; no diagnostics`,
      ],
      [
        'client',
        `4d5347465b000000 ; MSG F, 91 bytes
         07000000010000000300000004000000 ; channel 7, token 1, sequence 3, request 4
         01007702 ; ReadRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header
         00000000000000000200000001000000 ; one node
         0100d0080d000000ffffffff0000ffffffff ; ServerStatus`,
      ],
      [
        'server',
        `4d534746a1000000 ; MSG F, 161 bytes
         07000000010000000300000004000000 ; channel 7, token 1, sequence 3, request 4
         01007a02 ; ReadResponse
         0000000000000000010000000000000000ffffffff000000 ; response header, result 0x00000000
         01000000 ; one value
         011601006003015a00000000000000000000000000000000000000000000000f00000075726e3a61636d653a7365727665720400000041636d650b00000041636d652053657276657205000000342e322e3102000000373700000000000000000000000000 ; ServerStatusDataType
         ffffffff ; no diagnostics`,
      ],
    ],
    operations: ['631 Read (read): 2 requests, 2 responses, 0 refused'],
    touches: ['631: ns=0 2263+1', '631: ns=0 2261+1', '631: ns=0 2264+1', '631: ns=0 2260+1', '631: ns=0 2256+1'],
    evidence: [
      'vendor = Acme (opcua.build-info.manufacturer-name, server)',
      'product = Acme Server (opcua.build-info.product-name, server)',
      'firmware = 4.2.0 (opcua.build-info.software-version, server)',
      'note = OPC UA product urn:acme:server (opcua.build-info.product-uri, server)',
      'vendor = Acme (opcua.build-info.manufacturer-name, server)',
      'product = Acme Server (opcua.build-info.product-name, server)',
      'firmware = 4.2.1 (opcua.build-info.software-version, server)',
      'note = OPC UA build 77 (opcua.build-info.build-number, server)',
      'note = OPC UA product urn:acme:server (opcua.build-info.product-uri, server)',
      'vendor = Acme (opcua.build-info.manufacturer-name, server)',
      'product = Acme Server (opcua.build-info.product-name, server)',
      'firmware = 4.2.1 (opcua.build-info.software-version, server)',
      'note = OPC UA build 77 (opcua.build-info.build-number, server)',
    ],
  },
  {
    title: 'learns who offers and who uses a session, and how the user logs in',
    origin: SERVICES,
    messages: [
      [
        'client',
        `4d5347465e000000 ; MSG F, 94 bytes
         07000000010000000200000002000000 ; channel 7, token 1, sequence 2, request 2
         0100ac01 ; GetEndpointsRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header
         190000006f70632e7463703a2f2f706c63372e706c616e743a34383430ffffffffffffffff ; URL, no locales, no profiles`,
      ],
      [
        'server',
        `4d5347461b010000 ; MSG F, 283 bytes
         07000000010000000200000002000000 ; channel 7, token 1, sequence 2, request 2
         0100af01 ; GetEndpointsResponse
         0000000000000000010000000000000000ffffffff000000 ; response header, result 0x00000000
         01000000 ; one endpoint
         170000006f70632e7463703a2f2f31302e302e302e373a34383430 ; its URL
         1400000075726e3a706c63373a61636d653a736572766572 ; urn:plc7:acme:server
         0f00000075726e3a61636d653a736572766572 ; urn:acme:server
         021000000041636d652053657276657240706c6337 ; Acme Server@plc7
         00000000ffffffffffffffffffffffff ; application type 0, no gateway, profile, URLs
         ffffffff ; no certificate
         0300000039000000687474703a2f2f6f7063666f756e646174696f6e2e6f72672f55412f5365637572697479506f6c696379234261736963323536536861323536 ; sign and encrypt, http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256
         02000000010000007000000000ffffffffffffffffffffffff010000007001000000ffffffffffffffffffffffff ; anonymous, user name
         ffffffff02 ; no profile, level 2`,
      ],
      [
        'client',
        `4d534746c1000000 ; MSG F, 193 bytes
         07000000010000000300000003000000 ; channel 7, token 1, sequence 3, request 3
         0100cd01 ; CreateSessionRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header
         1300000075726e3a6577733a61636d653a636c69656e74 ; urn:ews:acme:client
         0f00000075726e3a61636d653a636c69656e74 ; urn:acme:client
         020b00000041636d6520436c69656e74 ; Acme Client
         01000000ffffffffffffffffffffffff ; application type 1, no gateway, profile, URLs
         ffffffff ; no server URI
         170000006f70632e7463703a2f2f31302e302e302e373a34383430 ; URL
         0700000073657373696f6effffffffffffffff000000000000000000000000 ; name, nonce, certificate, timeout, size`,
      ],
      [
        'client',
        `4d53474673000000 ; MSG F, 115 bytes
         07000000010000000400000004000000 ; channel 7, token 1, sequence 4, request 4
         0100d301 ; ActivateSessionRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header
         ffffffffffffffffffffffffffffffff ; no signature, certificates, locales
         01004401011900000001000000700400000075736572040000002a2a2a2affffffff ; UserNameIdentityToken
         ffffffffffffffff ; no token signature`,
      ],
    ],
    operations: [
      '428 GetEndpoints (session): 1 requests, 1 responses, 0 refused',
      '461 CreateSession (session): 1 requests, 0 responses, 0 refused',
      '467 ActivateSession (session): 1 requests, 0 responses, 0 refused',
    ],
    evidence: [
      'note = OPC UA endpoint opc.tcp://10.0.0.7:4840 (opcua.endpoint-url, server)',
      'note = OPC UA application urn:plc7:acme:server (opcua.application-uri, server)',
      'note = OPC UA product urn:acme:server (opcua.product-uri, server)',
      'product = Acme Server@plc7 (opcua.application-name, server)',
      'protection = OPC UA: offers signed and encrypted (policy Basic256Sha256) (opcua.endpoint-security, server)',
      'protection = OPC UA: offers anonymous login (opcua.user-token-policy, server)',
      'note = OPC UA client urn:ews:acme:client (opcua.client-description.uri, client)',
      'note = OPC UA product urn:acme:client (opcua.product-uri, client)',
      'client-kind = Acme Client (opcua.client-description.name, client)',
      'note = OPC UA endpoint opc.tcp://10.0.0.7:4840 (opcua.endpoint-url, server)',
      'note = OPC UA: logs in with user name and password (opcua.user-identity-token, client)',
      'protection = OPC UA: password sent without encryption (opcua.user-name-token, client)',
    ],
  },
  {
    title: 'counts what is encrypted without reading it',
    origin: SERVICES,
    messages: [
      [
        'client',
        `4f504e4663000000 ; OPN F, 99 bytes
         00000000 ; no channel yet
         39000000687474703a2f2f6f7063666f756e646174696f6e2e6f72672f55412f5365637572697479506f6c696379234261736963323536536861323536 ; http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256
         02000000300004000000aaaaaaaa ; certificate, thumbprint (shortened)
         9f3b6cde10a2874455e1b2c3 ; encrypted`,
      ],
      [
        'server',
        `4f504e4663000000 ; OPN F, 99 bytes
         00000000 ; no channel yet
         39000000687474703a2f2f6f7063666f756e646174696f6e2e6f72672f55412f5365637572697479506f6c696379234261736963323536536861323536 ; http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256
         02000000300004000000aaaaaaaa ; certificate, thumbprint (shortened)
         9f3b6cde10a2874455e1b2c3 ; encrypted`,
      ],
      [
        'client',
        `4d53474620000000 ; MSG F, 32 bytes
         0700000001000000 ; channel 7, token 1
         d0c1b2a39485766758493a2b1c0dfeef ; encrypted`,
      ],
      [
        'server',
        `4d53474620000000 ; MSG F, 32 bytes
         0700000001000000 ; channel 7, token 1
         d0c1b2a39485766758493a2b1c0dfeef ; encrypted`,
      ],
    ],
    operations: [
      '446 OpenSecureChannel (session): 1 requests, 1 responses, 0 refused',
      'secured Secured Message (session): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'protection = OPC UA: secured (policy Basic256Sha256) (opcua.security-policy, server)',
      'protection = OPC UA: secured (policy Basic256Sha256) (opcua.security-policy, server)',
    ],
  },
  {
    title: 'counts a message of several chunks once',
    origin: SERVICES,
    messages: [
      [
        'client',
        `4d53474326000000 ; MSG C, 38 bytes
         07000000010000000200000002000000 ; channel 7, token 1, sequence 2, request 2
         01000f02 ; BrowseRequest
         00000000000000000000 ; the beginning of its header`,
      ],
      [
        'client',
        `4d5347461c000000 ; MSG F, 28 bytes
         07000000010000000300000002000000 ; channel 7, token 1, sequence 3, request 2
         01007702 ; what would be ReadRequest`,
      ],
      [
        'client',
        `4d5347463d000000 ; MSG F, 61 bytes
         07000000010000000700000008000000 ; channel 7, token 1, sequence 7, request 8
         01003a03 ; PublishRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header
         ffffffff ; no acknowledgements`,
      ],
    ],
    operations: [
      '527 Browse (read): 1 requests, 0 responses, 0 refused',
      '826 Publish (read): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'uses what comes before an array that is cut short',
    origin: SERVICES,
    messages: [
      [
        'client',
        `4d5347465b000000 ; MSG F, 91 bytes
         07000000010000000200000002000000 ; channel 7, token 1, sequence 2, request 2
         01007702 ; ReadRequest
         000000000000000000000100000000000000ffffffff88130000000000 ; request header
         00000000000000000200000009000000 ; nine nodes
         0102e9030d000000ffffffff0000ffffffff ; only one`,
      ],
    ],
    outcomes: [Outcome.truncated],
    operations: ['631 Read (read): 1 requests, 0 responses, 0 refused'],
    touches: ['631: ns=2 1001+1'],
  },
];
