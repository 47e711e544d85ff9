/** Which of two ports is likelier the server's, when neither a SYN nor the protocol has told. */

/** Service ports above 1023 that plants use, from the IANA registry and vendors' documentation. */
const SERVICES: readonly number[] = [
  1025, 1089, 1090, 1091, 1099, 1110, 1131, 1132, 1162, 1194, 1217, 1433, 1434, 1494, 1502, 1521, 1701, 1723, 1740,
  1812, 1813, 1883, 1900, 1911, 1962, 2049, 2101, 2222, 2375, 2404, 2455, 3128, 3268, 3269, 3306, 3389, 3478, 3671,
  3702, 4000, 4070, 4500, 4562, 4712, 4713, 4786, 4789, 4840, 4843, 4911, 5000, 5001, 5002, 5006, 5007, 5052, 5060,
  5061, 5065, 5093, 5094, 5353, 5355, 5432, 5450, 5500, 5631, 5671, 5672, 5800, 5900, 5901, 5938, 5985, 5986, 6000,
  6081, 6379, 6881, 7001, 7022, 7400, 7626, 7680, 7700, 8000, 8008, 8080, 8081, 8086, 8088, 8443, 8834, 8883, 8888,
  9000, 9090, 9092, 9100, 9200, 9600, 9999, 10000, 10001, 10307, 10311, 10364, 10365, 10407, 10409, 10410, 10412, 10414,
  10415, 10428, 10431, 10432, 10447, 10449, 10450, 11001, 11740, 12135, 12136, 12137, 12401, 13722, 13724, 13782, 13783,
  18000, 18245, 18246, 19999, 20000, 20547, 22350, 27000, 27017, 28784, 34962, 34963, 34964, 34980, 38000, 38001, 38011,
  38012, 38014, 38015, 38200, 38210, 38301, 38400, 38589, 38593, 38600, 38700, 38971, 39129, 39278, 41794, 44818, 45678,
  46823, 46824, 47808, 48898, 48899, 50000, 50001, 50018, 50020, 50025, 50110, 50111, 55000, 55001, 55002, 55003, 56001,
  57176, 62900, 62911, 62924, 62930, 62938, 62956, 62981, 62985, 62992, 63012, 63027, 63041, 63075, 63079, 63082, 63088,
  63094, 65443,
];

const WELL_KNOWN = 1024;
/** Where systems pick the client's port from: Linux from 32768, others from 49152 (RFC 6335, section 6). */
const EPHEMERAL = 32_768;

const rank = new Uint8Array(65_536).fill(1);
rank.fill(0, EPHEMERAL);
rank.fill(2, 1, WELL_KNOWN);
for (const port of SERVICES) rank[port] = 2;
rank[0] = 0;

/** Which end is the server by its port: 1 the first, 2 the second, 0 when the ports do not tell. */
export function serverByPort(first: number, second: number): 0 | 1 | 2 {
  const difference = (rank[first] as number) - (rank[second] as number);
  if (difference !== 0) return difference > 0 ? 1 : 2;
  if (first === second || (rank[first] as number) === 0) return 0;
  return first < second ? 1 : 2;
}
