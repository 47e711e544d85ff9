/** KNXnet/IP services (KNX Standard 03_08_01, section 4.4.1) and application services (03_03_07, section 2). */
import type { Described } from '../protocol.ts';

export const Service = {
  searchRequest: 0x0201,
  searchResponse: 0x0202,
  descriptionRequest: 0x0203,
  descriptionResponse: 0x0204,
  connectRequest: 0x0205,
  connectResponse: 0x0206,
  connectionStateResponse: 0x0208,
  disconnectRequest: 0x0209,
  disconnectResponse: 0x020a,
  searchRequestExtended: 0x020b,
  searchResponseExtended: 0x020c,
  configurationRequest: 0x0310,
  configurationAck: 0x0311,
  tunnellingRequest: 0x0420,
  tunnellingAck: 0x0421,
  routingIndication: 0x0530,
  secureWrapper: 0x0950,
} as const;

/** Services that open an exchange; the answer, where there is one, has the next number. */
export const SERVICES: ReadonlyMap<number, Described> = new Map([
  [0x0201, ['Search', 'diagnostic']],
  [0x0203, ['Description', 'diagnostic']],
  [0x0205, ['Connect', 'session']],
  [0x0207, ['Connection State', 'session']],
  [0x0209, ['Disconnect', 'session']],
  [0x020b, ['Search Extended', 'diagnostic']],
  [0x0310, ['Device Configuration', 'program']],
  [0x0420, ['Tunnelling', 'write']],
  [0x0422, ['Tunnelling Feature Get', 'diagnostic']],
  [0x0424, ['Tunnelling Feature Set', 'write']],
  [0x0425, ['Tunnelling Feature Info', 'diagnostic']],
  [0x0530, ['Routing Indication', 'write']],
  [0x0531, ['Routing Lost Message', 'diagnostic']],
  [0x0532, ['Routing Busy', 'diagnostic']],
  [0x0533, ['Routing System Broadcast', 'write']],
  [0x0740, ['Remote Diagnostic', 'diagnostic']],
  [0x0742, ['Remote Basic Configuration', 'program']],
  [0x0743, ['Remote Reset', 'control']],
  [0x0950, ['Secure Wrapper', 'session']],
  [0x0951, ['Secure Session', 'session']],
  [0x0953, ['Secure Session Authenticate', 'session']],
  [0x0954, ['Secure Session Status', 'session']],
  [0x0955, ['Secure Timer Notify', 'session']],
]);

/** The request an answer's service belongs to, or 0 when it is none. */
export function requestOf(service: number): number {
  return service === 0x0741 || (!SERVICES.has(service) && SERVICES.has(service - 1)) ? service - 1 : 0;
}

/** Application services by the four upper bits of their code. */
export const TELEGRAMS: readonly Described[] = [
  ['Group Value Read', 'read'],
  ['Group Value Response', 'read'],
  ['Group Value Write', 'write'],
  ['Individual Address Write', 'program', 'settings'],
  ['Individual Address Read', 'diagnostic'],
  ['Individual Address Response', 'diagnostic'],
  ['ADC Read', 'read'],
  ['ADC Response', 'read'],
  ['Memory Read', 'program'],
  ['Memory Response', 'program'],
  ['Memory Write', 'program'],
  ['User Message', 'write'],
  ['Device Descriptor Read', 'diagnostic'],
  ['Device Descriptor Response', 'diagnostic'],
  ['Restart', 'control', 'restart'],
  ['Property or Other Service', 'program'],
];

/** cEMI message codes (03_06_03, section 4.1.3). */
export const Cemi = { dataRequest: 0x11, dataIndication: 0x29, dataConfirmation: 0x2e } as const;
