/** Services, options and suboptions of DCP: IEC 61158-6-10, clause 4.3 (discovery and basic configuration). */
import type { Described, Operation } from '../protocol.ts';

export const FrameId = { hello: 0xfefc, getOrSet: 0xfefd, identifyRequest: 0xfefe, identifyResponse: 0xfeff } as const;

export const Service = { get: 3, set: 4, identify: 5, hello: 6 } as const;

/** Service types: anything but a request is an answer; this one says that the service is not supported. */
export const REQUEST = 0;
export const SUCCESS = 1;
export const NOT_SUPPORTED = 5;

/** Blocks are named by option and suboption, here as one number: option * 256 + suboption. */
export const Block = {
  macAddress: 0x0101,
  ipParameter: 0x0102,
  fullIpSuite: 0x0103,
  typeOfStation: 0x0201,
  nameOfStation: 0x0202,
  deviceId: 0x0203,
  deviceRole: 0x0204,
  aliasName: 0x0206,
  oemDeviceId: 0x0208,
  startTransaction: 0x0501,
  endTransaction: 0x0502,
  signal: 0x0503,
  response: 0x0504,
  resetFactorySettings: 0x0505,
  resetToFactory: 0x0506,
} as const;

const SETTINGS: ReadonlyMap<number, Described> = new Map([
  [Block.ipParameter, ['IP parameter', 'program', 'settings']],
  [Block.fullIpSuite, ['full IP suite', 'program', 'settings']],
  [Block.typeOfStation, ['type of station', 'program', 'settings']],
  [Block.nameOfStation, ['name of station', 'program', 'settings']],
  [Block.startTransaction, ['start transaction', 'session']],
  [Block.endTransaction, ['end transaction', 'session']],
  [Block.signal, ['signal', 'control']],
  [Block.resetFactorySettings, ['reset factory settings', 'control', 'settings']],
  [Block.resetToFactory, ['reset to factory', 'control', 'settings']],
]);

/** The number of an operation: its service, and for Set the block that is set. */
export function numbered(service: number, block: number): number {
  return service | (block << 8);
}

/** What an operation number means: codes are the service, and for Set option and suboption, in decimal. */
export function operation(number: number): Operation {
  const service = number & 0xff;
  const block = number >>> 8;
  switch (service) {
    case Service.get:
      return { code: '3', name: 'Get', access: 'diagnostic' };
    case Service.identify:
      return { code: '5', name: 'Identify', access: 'diagnostic' };
    case Service.hello:
      return { code: '6', name: 'Hello', access: 'diagnostic' };
    case Service.set: {
      if (block === 0) return { code: '4', name: 'Set', access: 'program' };
      const option = block >>> 8;
      const suboption = block & 0xff;
      const dhcp: Described | undefined = option === 3 ? ['DHCP', 'program', 'settings'] : undefined;
      const unknown: Described = [`option ${option}.${suboption}`, 'program'];
      const [name, access, effect] = SETTINGS.get(block) ?? dhcp ?? unknown;
      return { code: `4.${option}.${suboption}`, name: `Set ${name}`, access, effect };
    }
    default:
      return { code: `${service}`, name: `Service ${service}`, access: 'program' }; // unknown may change anything
  }
}
