/** Every rule of the assessment. To add one, add its line; docs/findings.md tells each. */
import type { Rule } from '../rule.ts';
import { addressConflict } from './address-conflict.ts';
import { arpSpoofing } from './arp-spoofing.ts';
import { broadcastLoad } from './broadcast-load.ts';
import { businessSharesSegment } from './business-shares-segment.ts';
import { clearOutside } from './clear-outside.ts';
import { cleartextLogin } from './cleartext-login.ts';
import { controllerChanged } from './controller-changed.ts';
import { defaultLogin } from './default-login.ts';
import { dmzBypass } from './dmz-bypass.ts';
import { dmzToControl } from './dmz-to-control.ts';
import { dualHomed } from './dual-homed.ts';
import { endOfLifeSystems } from './end-of-life-systems.ts';
import { enterpriseToControl } from './enterprise-to-control.ts';
import { flatNetwork } from './flat-network.ts';
import { flood } from './flood.ts';
import { impairedListening } from './impaired-listening.ts';
import { incompleteInventory } from './incomplete-inventory.ts';
import { internetEgress } from './internet-egress.ts';
import { internetIngress } from './internet-ingress.ts';
import { malformedMessages } from './malformed-messages.ts';
import { mixedFirmware } from './mixed-firmware.ts';
import { noBoundary } from './no-boundary.ts';
import { obsoleteCryptography } from './obsolete-cryptography.ts';
import { officeServices } from './office-services.ts';
import { opcuaUnsecured } from './opcua-unsecured.ts';
import { openAccess } from './open-access.ts';
import { personToPerson } from './person-to-person.ts';
import { policyViolations } from './policy-violations.ts';
import { redundancyLost } from './redundancy-lost.ts';
import { refusedRequests } from './refused-requests.ts';
import { rejectedConduits } from './rejected-conduits.ts';
import { relayedThroughDmz } from './relayed-through-dmz.ts';
import { remoteAccess } from './remote-access.ts';
import { retransmissions } from './retransmissions.ts';
import { safetyReached } from './safety-reached.ts';
import { safetySharesSegment } from './safety-shares-segment.ts';
import { scan } from './scan.ts';
import { severalProgrammers } from './several-programmers.ts';
import { silentZones } from './silent-zones.ts';
import { snmpCommunity } from './snmp-community.ts';
import { strainedPolling } from './strained-polling.ts';
import { temporaryDevice } from './temporary-device.ts';
import { unauthenticatedProtocols } from './unauthenticated-protocols.ts';
import { unexpectedWriter } from './unexpected-writer.ts';
import { unsynchronisedZones } from './unsynchronised-zones.ts';
import { unusedEncryption } from './unused-encryption.ts';
import { wireless } from './wireless.ts';

export const RULES: readonly Rule[] = [
  // the border and the safety system
  safetyReached,
  safetySharesSegment,
  internetIngress,
  internetEgress,
  enterpriseToControl,
  dmzBypass,
  dmzToControl,
  relayedThroughDmz,
  remoteAccess,
  // segments
  flatNetwork,
  businessSharesSegment,
  noBoundary,
  dualHomed,
  wireless,
  temporaryDevice,
  policyViolations,
  rejectedConduits,
  personToPerson,
  officeServices,
  // who is let in
  cleartextLogin,
  defaultLogin,
  openAccess,
  snmpCommunity,
  unauthenticatedProtocols,
  opcuaUnsecured,
  obsoleteCryptography,
  endOfLifeSystems,
  unusedEncryption,
  clearOutside,
  // who does what
  unexpectedWriter,
  severalProgrammers,
  controllerChanged,
  // signs of an attack or a fault
  arpSpoofing,
  addressConflict,
  scan,
  flood,
  malformedMessages,
  broadcastLoad,
  retransmissions,
  refusedRequests,
  strainedPolling,
  redundancyLost,
  // what is known and watched
  silentZones,
  unsynchronisedZones,
  impairedListening,
  incompleteInventory,
  mixedFirmware,
];
