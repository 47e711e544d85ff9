/**
 * The system status list (SZL): what a CPU knows of itself. After Siemens' "System Software for S7-300/400: System and
 * Standard Functions", reference manual, chapter on system status lists:
 *
 *   0        2       4               6         8
 *   | SZL id | index | record length | records | record ...
 *
 * The id is class of module, number of the extract (both one nibble) and number of the partial list (a byte). Every
 * record of the lists read here begins with its index.
 */
import { u16be } from '../bytes.ts';
import { About, type FactSink, NO_UNIT, Outcome } from '../protocol.ts';
import { COMPONENTS, Source } from './evidence.ts';

const RECORD_LENGTH = 4;
const RECORDS = 6;
const FIRST_RECORD = 8;

/** Number of the extract that gives a list's header only. */
const HEADER_ONLY = 0x0f00;

const PartialList = {
  moduleIdentification: 0x11,
  componentIdentification: 0x1c,
  modes: 0x24,
  communication: 0x32,
} as const;

// Least record lengths.
const MODULE_BYTES = 28;
const COMPONENT_BYTES = 34;
const MODE_BYTES = 4;
const PROTECTION_BYTES = 10;

/** Index of the communication status record that tells the protection level. */
const PROTECTION = 4;

/** Gives the evidence of the whole list at `b[at, end)`, which the sender says of itself. */
export function readSystemStatusList(facts: FactSink, b: Uint8Array, at: number, end: number): Outcome {
  if (end - at < FIRST_RECORD) return Outcome.truncated;
  const id = u16be(b, at);
  if ((id & 0x0f00) === HEADER_ONLY) return Outcome.ok;
  const length = u16be(b, at + RECORD_LENGTH);
  if (length === 0) return Outcome.ok;
  let next = at + FIRST_RECORD;
  for (let left = u16be(b, at + RECORDS); left > 0; left--, next += length) {
    if (next + length > end) return Outcome.truncated;
    readRecord(facts, id & 0xff, length, b, next);
  }
  return Outcome.ok;
}

function readRecord(facts: FactSink, list: number, length: number, b: Uint8Array, at: number): void {
  switch (list) {
    case PartialList.moduleIdentification:
      if (length >= MODULE_BYTES) moduleIdentification(facts, b, at);
      break;
    case PartialList.componentIdentification: {
      const index = length >= COMPONENT_BYTES ? u16be(b, at) : 0;
      if (index >= 1 && index <= COMPONENTS) {
        // an OEM id follows the OEM's name, and reserved bytes the others: the text ends before them
        say(facts, Source.component + index - 1, b, at + 2, at + COMPONENT_BYTES);
      }
      break;
    }
    case PartialList.modes:
      if (length >= MODE_BYTES) say(facts, Source.mode, b, at + 3, at + 4); // event, priority class, then modes
      break;
    case PartialList.communication:
      if (length >= PROTECTION_BYTES && u16be(b, at) === PROTECTION) {
        say(facts, Source.protectionLevel, b, at + 6, at + 8); // after the levels of key switch and of configuration
        say(facts, Source.modeSwitch, b, at + 8, at + 10);
      }
      break;
  }
}

/** Index, order number, module type, version. */
function moduleIdentification(facts: FactSink, b: Uint8Array, at: number): void {
  switch (u16be(b, at)) {
    case 0x0001:
      say(facts, Source.orderNumber, b, at, at + MODULE_BYTES);
      say(facts, Source.vendor, b, at, at + MODULE_BYTES);
      break;
    case 0x0006:
      say(facts, Source.hardware, b, at, at + MODULE_BYTES);
      break;
    case 0x0007:
      say(facts, Source.firmware, b, at, at + MODULE_BYTES);
      break;
    case 0x0081:
      say(facts, Source.firmwareExtension, b, at, at + MODULE_BYTES);
      break;
  }
}

function say(facts: FactSink, source: number, b: Uint8Array, at: number, end: number): void {
  facts.evidence(source, About.sender, NO_UNIT, b, at, end);
}
