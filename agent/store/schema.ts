/**
 * The tables of a database, as numbered steps: step n takes a database of version n - 1 to version n, in one
 * transaction. A step that was published is never changed; what is wanted next is a further step.
 *
 * Two kinds of table. What was told (captures with their snapshots, decisions, policies, tokens, events, history, the
 * audit log) is kept because nothing else knows it. What follows from it (assets, conversations, zones, conduits,
 * violations, findings, the matrix) are rows for readers: `body` is the entry as the report has it, in JSON; the other
 * columns are what lists are filtered and sorted by. `hash` tells whether a row changed, `fixed` whether anything but its
 * counts and last times did. They are never NULL, so that a page can begin behind any value:
 * absent knowledge is '' or -1 there, and null in the body. Times are microseconds since 1970.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE revision (kind TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE setting (key TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE capture (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    sha256 TEXT,
    size INTEGER,
    spool TEXT,
    live INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('queued', 'reading', 'done', 'interrupted', 'failed', 'deleted')),
    bytes_read INTEGER NOT NULL DEFAULT 0,
    packets INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    first_seen INTEGER,
    last_seen INTEGER,
    verdict TEXT,
    error TEXT,
    by TEXT NOT NULL,
    added INTEGER NOT NULL,
    finished INTEGER
  );
  CREATE INDEX capture_state ON capture (state);
  CREATE INDEX capture_sha256 ON capture (sha256);
  CREATE TABLE snapshot_part (
    capture INTEGER NOT NULL REFERENCES capture (row) ON DELETE CASCADE,
    part TEXT NOT NULL CHECK (part IN ('capture', 'hosts', 'conversations')),
    number INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (capture, part, number)
  );

  CREATE TABLE decision (
    row INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, key)
  );
  CREATE TABLE policy (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    yaml TEXT NOT NULL,
    body TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT,
    active INTEGER NOT NULL
  );
  CREATE TABLE token (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hash BLOB NOT NULL UNIQUE,
    role TEXT NOT NULL,
    label TEXT NOT NULL,
    created INTEGER NOT NULL,
    last_used INTEGER
  );
  CREATE TABLE event (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    asset TEXT NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX event_at ON event (at);
  CREATE INDEX event_kind ON event (kind);
  CREATE INDEX event_severity ON event (severity);
  CREATE INDEX event_asset ON event (asset);
  CREATE TABLE history (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    asset TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT,
    at INTEGER NOT NULL
  );
  CREATE INDEX history_asset ON history (asset, row);
  CREATE INDEX history_at ON history (at);
  CREATE TABLE audit (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX audit_at ON audit (at);
  CREATE INDEX audit_by ON audit (by);
  CREATE INDEX audit_action ON audit (action);

  CREATE TABLE asset (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    fixed TEXT NOT NULL,
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    vendor TEXT NOT NULL,
    product TEXT NOT NULL,
    model TEXT NOT NULL,
    firmware TEXT NOT NULL,
    role TEXT NOT NULL,
    purdue_level INTEGER NOT NULL,
    zone TEXT NOT NULL,
    parent TEXT NOT NULL,
    completeness REAL NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    text TEXT NOT NULL,
    body TEXT NOT NULL,
    evidence TEXT NOT NULL
  );
  CREATE INDEX asset_address ON asset (address);
  CREATE INDEX asset_name ON asset (name);
  CREATE INDEX asset_vendor ON asset (vendor);
  CREATE INDEX asset_product ON asset (product);
  CREATE INDEX asset_model ON asset (model);
  CREATE INDEX asset_firmware ON asset (firmware);
  CREATE INDEX asset_role ON asset (role);
  CREATE INDEX asset_purdue_level ON asset (purdue_level);
  CREATE INDEX asset_zone ON asset (zone);
  CREATE INDEX asset_parent ON asset (parent);
  CREATE INDEX asset_completeness ON asset (completeness);
  CREATE INDEX asset_first_seen ON asset (first_seen);
  CREATE INDEX asset_last_seen ON asset (last_seen);
  CREATE TABLE asset_tag (name TEXT, value TEXT, row INTEGER, PRIMARY KEY (name, value, row)) WITHOUT ROWID;
  CREATE INDEX asset_tag_row ON asset_tag (row);
  CREATE VIRTUAL TABLE asset_text USING fts5 (text, content='', contentless_delete=1, tokenize='trigram');

  CREATE TABLE conversation (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    fixed TEXT NOT NULL,
    client TEXT NOT NULL,
    server TEXT NOT NULL,
    client_id TEXT NOT NULL,
    server_id TEXT NOT NULL,
    from_zone TEXT NOT NULL,
    to_zone TEXT NOT NULL,
    transport TEXT NOT NULL,
    port INTEGER NOT NULL,
    protocol TEXT NOT NULL,
    packets INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    text TEXT NOT NULL,
    body TEXT NOT NULL,
    operations TEXT NOT NULL
  );
  CREATE INDEX conversation_client ON conversation (client);
  CREATE INDEX conversation_server ON conversation (server);
  CREATE INDEX conversation_client_id ON conversation (client_id);
  CREATE INDEX conversation_server_id ON conversation (server_id);
  CREATE INDEX conversation_from_zone ON conversation (from_zone, to_zone);
  CREATE INDEX conversation_to_zone ON conversation (to_zone);
  CREATE INDEX conversation_port ON conversation (port);
  CREATE INDEX conversation_protocol ON conversation (protocol);
  CREATE INDEX conversation_packets ON conversation (packets);
  CREATE INDEX conversation_bytes ON conversation (bytes);
  CREATE INDEX conversation_first_seen ON conversation (first_seen);
  CREATE INDEX conversation_last_seen ON conversation (last_seen);
  CREATE TABLE conversation_tag (name TEXT, value TEXT, row INTEGER, PRIMARY KEY (name, value, row)) WITHOUT ROWID;
  CREATE INDEX conversation_tag_row ON conversation_tag (row);
  CREATE VIRTUAL TABLE conversation_text USING fts5 (text, content='', contentless_delete=1, tokenize='trigram');

  CREATE TABLE pair (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    fixed TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('zone', 'asset')),
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    packets INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX pair_from ON pair (level, "from", "to");
  CREATE INDEX pair_to ON pair (level, "to");
  CREATE INDEX pair_packets ON pair (level, packets);
  CREATE INDEX pair_bytes ON pair (level, bytes);
  CREATE INDEX pair_last_seen ON pair (level, last_seen);
  CREATE TABLE pair_tag (name TEXT, value TEXT, row INTEGER, PRIMARY KEY (name, value, row)) WITHOUT ROWID;
  CREATE INDEX pair_tag_row ON pair_tag (row);

  CREATE TABLE zone (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    fixed TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    security_level_target INTEGER NOT NULL,
    assets INTEGER NOT NULL,
    text TEXT NOT NULL,
    body TEXT NOT NULL,
    members TEXT NOT NULL
  );
  CREATE INDEX zone_name ON zone (name);
  CREATE INDEX zone_kind ON zone (kind);
  CREATE INDEX zone_security_level_target ON zone (security_level_target);
  CREATE INDEX zone_assets ON zone (assets);

  CREATE TABLE conduit (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    fixed TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    status TEXT NOT NULL,
    packets INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX conduit_from ON conduit ("from");
  CREATE INDEX conduit_to ON conduit ("to");
  CREATE INDEX conduit_status ON conduit (status);
  CREATE INDEX conduit_packets ON conduit (packets);
  CREATE INDEX conduit_last_seen ON conduit (last_seen);

  CREATE TABLE violation (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    fixed TEXT NOT NULL,
    kind TEXT NOT NULL,
    severity INTEGER NOT NULL,
    client TEXT NOT NULL,
    server TEXT NOT NULL,
    client_id TEXT NOT NULL,
    server_id TEXT NOT NULL,
    protocol TEXT NOT NULL,
    from_zone TEXT NOT NULL,
    to_zone TEXT NOT NULL,
    access TEXT NOT NULL,
    packets INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    text TEXT NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX violation_kind ON violation (kind);
  CREATE INDEX violation_severity ON violation (severity);
  CREATE INDEX violation_client_id ON violation (client_id);
  CREATE INDEX violation_server_id ON violation (server_id);
  CREATE INDEX violation_protocol ON violation (protocol);
  CREATE INDEX violation_from_zone ON violation (from_zone, to_zone);
  CREATE INDEX violation_to_zone ON violation (to_zone);
  CREATE INDEX violation_packets ON violation (packets);
  CREATE INDEX violation_first_seen ON violation (first_seen);
  CREATE INDEX violation_last_seen ON violation (last_seen);
  CREATE VIRTUAL TABLE violation_text USING fts5 (text, content='', contentless_delete=1, tokenize='trigram');

  CREATE TABLE finding (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    fixed TEXT NOT NULL,
    rule TEXT NOT NULL,
    requirement TEXT NOT NULL,
    severity INTEGER NOT NULL,
    zone TEXT NOT NULL,
    last_seen INTEGER NOT NULL,
    text TEXT NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX finding_rule ON finding (rule);
  CREATE INDEX finding_requirement ON finding (requirement);
  CREATE INDEX finding_severity ON finding (severity);
  CREATE INDEX finding_zone ON finding (zone);
  CREATE INDEX finding_last_seen ON finding (last_seen);
  CREATE TABLE finding_tag (name TEXT, value TEXT, row INTEGER, PRIMARY KEY (name, value, row)) WITHOUT ROWID;
  CREATE INDEX finding_tag_row ON finding_tag (row);
  `,

  // what was heard in sum: of the same transaction as everything that follows from it
  `
  CREATE TABLE heard (row INTEGER PRIMARY KEY CHECK (row = 1), body TEXT NOT NULL);
  `,

  // one index of each large table holds all that its lists are filtered and sorted by: to go over every entry, as two
  // things that are common and rare together ask for, without their bodies. It begins as one that it takes the place of.
  `
  ALTER TABLE conversation ADD COLUMN marks TEXT NOT NULL DEFAULT '';
  UPDATE conversation SET marks = coalesce(
    (SELECT '|' || group_concat(name || '=' || value, '|') || '|' FROM conversation_tag AS t WHERE t.row = conversation.row), '');
  DROP INDEX conversation_from_zone;
  CREATE INDEX conversation_scan ON conversation (from_zone, to_zone, first_seen, last_seen, packets, bytes, port, protocol,
    transport, client, server, client_id, server_id, marks, text);

  ALTER TABLE pair ADD COLUMN marks TEXT NOT NULL DEFAULT '';
  UPDATE pair SET marks = coalesce(
    (SELECT '|' || group_concat(name || '=' || value, '|') || '|' FROM pair_tag AS t WHERE t.row = pair.row), '');
  DROP INDEX pair_from;
  CREATE INDEX pair_scan ON pair (level, "from", "to", packets, bytes, last_seen, marks);

  DROP INDEX violation_from_zone;
  CREATE INDEX violation_scan ON violation (from_zone, to_zone, severity, kind, protocol, access, packets, first_seen,
    last_seen, client_id, server_id, text);
  `,
];

/** The version that this program writes: `PRAGMA user_version` of its databases. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** `PRAGMA application_id` of every database of ours: "FldM". */
export const APPLICATION_ID = 0x466c644d;
