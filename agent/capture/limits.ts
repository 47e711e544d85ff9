/** The longest packet that is believed, in bytes: libpcap's MAXIMUM_SNAPLEN. More is a length field that lies. */
export const MAX_PACKET_BYTES = 262_144;

/** The longest pcapng block that is believed, in bytes: the limit of libpcap and Wireshark. */
export const MAX_BLOCK_BYTES = 16 * 1024 * 1024;

/** pcapng interfaces of one section: what the obsolete Packet Block can number. A capture of thousands is a hostile one. */
export const MAX_INTERFACES = 65_536;

/** What one zstd frame may make us keep, in bytes: the most that `zstd --ultra` and `--long` ask for by themselves. */
export const MAX_ZSTD_WINDOW_BYTES = 128 * 1024 * 1024;
