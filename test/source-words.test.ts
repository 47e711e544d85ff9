import { describe, expect, test } from 'vitest';
import { sourceWords } from '../agent/facts/source-words.ts';
import { protocols } from '../parsers/registry.ts';

/** Of every protocol, one by its name: several share their evidence. */
const SOURCES = new Map(protocols.flatMap(({ evidence }) => evidence.map((source) => [source.name, source] as const)));

describe('what said a piece of evidence', () => {
  test.each([...SOURCES.keys()])('%s has words', (source) => {
    const words = sourceWords(source);
    expect(words).not.toBe(source);
    expect(words).toMatch(/^[A-Z]\S* .*\S$/); // the protocol's name, then the field
    expect(words).not.toMatch(/undefined|null/);
  });

  test('one source has one name, whichever of its fields it tells', () => {
    for (const { evidence } of protocols) {
      for (const { name, words } of evidence) expect([name, words]).toEqual([name, SOURCES.get(name)?.words]);
    }
  });

  test.each([
    ['modbus.device-id.05', 'Modbus Read Device Identification, object 0x05 ModelName (FC 43/14)'],
    ['s7comm.szl-001c.0003', 'S7 SZL 0x001C Component Identification, index 3: plant designation'],
    ['enip.identity-object.product-name', 'CIP Identity object (0x01), attribute 7 Product Name'],
    ['dnp3.g0v252', 'DNP3 device attribute, manufacturer (g0v252)'],
    ['lldp.system-description', 'LLDP System Description'],
    ['mdns.txt.model', 'Multicast DNS, TXT record: model'],
    ['mac.oui', 'MAC address, the block of its maker (IEEE)'],
    ['pcapng.name-resolution', 'Capture file, Name Resolution Block (pcapng)'],
    ['udp.8000.maker-port', "UDP port 8000, which its maker's devices speak on"],
  ])('%s is: %s', (source, words) => expect(sourceWords(source)).toBe(words));

  test('a source of another version is told as it is', () => {
    expect(sourceWords('gone.field')).toBe('gone.field');
  });
});
