/** CIP device types, which a device profile each describes: The CIP Networks Library Volume 1, chapter 6. */

const DEVICE_TYPES: ReadonlyMap<number, string> = new Map([
  [0x00, 'Generic Device (deprecated)'],
  [0x02, 'AC Drive'],
  [0x03, 'Motor Overload'],
  [0x04, 'Limit Switch'],
  [0x05, 'Inductive Proximity Switch'],
  [0x06, 'Photoelectric Sensor'],
  [0x07, 'General Purpose Discrete I/O'],
  [0x09, 'Resolver'],
  [0x0c, 'Communications Adapter'],
  [0x0e, 'Programmable Logic Controller'],
  [0x10, 'Position Controller'],
  [0x13, 'DC Drive'],
  [0x15, 'Contactor'],
  [0x16, 'Motor Starter'],
  [0x17, 'Soft Start'],
  [0x18, 'Human-Machine Interface'],
  [0x1a, 'Mass Flow Controller'],
  [0x1b, 'Pneumatic Valve'],
  [0x1c, 'Vacuum Pressure Gauge'],
  [0x1d, 'Process Control Value'],
  [0x1e, 'Residual Gas Analyzer'],
  [0x1f, 'DC Power Generator'],
  [0x20, 'RF Power Generator'],
  [0x21, 'Turbomolecular Vacuum Pump'],
  [0x22, 'Encoder'],
  [0x23, 'Safety Discrete I/O Device'],
  [0x24, 'Fluid Flow Controller'],
  [0x25, 'CIP Motion Drive'],
  [0x26, 'CompoNet Repeater'],
  [0x27, 'Mass Flow Controller, Enhanced'],
  [0x28, 'CIP Modbus Device'],
  [0x29, 'CIP Modbus Translator'],
  [0x2a, 'Safety Analog I/O Device'],
  [0x2b, 'Generic Device (keyable)'],
  [0x2c, 'Managed Ethernet Switch'],
  [0x2d, 'CIP Motion Safety Drive Device'],
  [0x2e, 'Safety Drive Device'],
  [0x2f, 'CIP Motion Encoder'],
  [0x30, 'CIP Motion Converter'],
  [0x31, 'CIP Motion I/O'],
  [0x32, 'ControlNet Physical Layer Component'],
  [0x33, 'Circuit Breaker'],
  [0x34, 'HART Device'],
  [0x35, 'CIP-HART Translator'],
  [0xc8, 'Embedded Component'],
]);

/** From here to VENDOR_LAST a vendor gives its own meaning (Volume 1, table 6-7.1). */
const VENDOR_FIRST = 0x64;
const VENDOR_LAST = 0xc7;

/** The device type's name. */
export function deviceTypeName(type: number): string {
  const name = DEVICE_TYPES.get(type);
  if (name !== undefined) return name;
  return type >= VENDOR_FIRST && type <= VENDOR_LAST ? `vendor-specific device type ${type}` : `device type ${type}`;
}
