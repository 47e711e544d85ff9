/** Forms that answers and uploads have. */

/** RFC 9512. */
export const YAML = 'application/yaml';

/** IANA, 2013. */
export const PCAP = 'application/vnd.tcpdump.pcap';

/** What a capture may be sent as. Its bytes tell which it is. */
export const CAPTURES = [
  'application/octet-stream',
  PCAP,
  'application/x-pcapng',
  'application/gzip',
  'application/zstd',
];
