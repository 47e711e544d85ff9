/** What a network is used for: whether it is a zone as it stands, or has to be divided. */
import type { Asset } from '../model/asset.ts';
import { CONTROLLERS } from '../model/roles/role.ts';
import { type Control, isMachineProtocol, staysWithin } from './control.ts';
import type { Network } from './networks.ts';
import { COMPUTERS, type Purpose } from './purpose.ts';

/** `mixed`: controllers and operations, or operations and offices, share it; `services`: servers and nobody who works at them. */
export type Use =
  | 'safety'
  | 'control'
  | 'field'
  | 'supervisory'
  | 'engineering'
  | 'services'
  | 'office'
  | 'mixed'
  | 'unclear';

/** So many stray computers per device do not make a network of machines a mixed one. */
const STRAY_SHARE = 0.25;

export type PurposeOf = (asset: Asset) => Purpose;

/** @param supervised there is a network of operators elsewhere: computers beside machines may be theirs alone */
export function useOf({ assets }: Network, purposeOf: PurposeOf, control: Control, supervised: boolean): Use {
  const of = (...purposes: readonly Purpose[]) => assets.filter((asset) => purposes.includes(purposeOf(asset)));
  const devices = of('process', 'safety');
  const office = of('office').length;
  if (devices.length === 0) return useWithoutDevices(assets, of, office);

  const staff = of('operations', 'engineering');
  const safety = of('safety');
  const members = new Set(assets.map(({ id }) => id));
  const local = staff.every(({ id }) => staysWithin(control, id, members));
  const controllers = of('process').filter(({ role }) => CONTROLLERS.has(role));
  const few = office <= STRAY_SHARE * devices.length;
  if (safety.length > 0 && controllers.length === 0 && local && few) return 'safety';
  const own = staff.length === 0 || (supervised && local && staff.length < devices.length);
  if (!own || !few) return 'mixed';
  if (safety.length > 0) return 'mixed';
  const devicesIds = new Set(devices.map(({ id }) => id));
  const asked = assets.some(({ id }) => !devicesIds.has(id) && staysWithin(control, id, members));
  const outstations = controllers.every(({ role }) => role === 'rtu') && !asked;
  const gateways = devices.some(({ role }) => role === 'gateway' || role === 'protocol-converter');
  return outstations && !gateways && of('panel').length === 0 ? 'field' : 'control';
}

function useWithoutDevices(
  assets: readonly Asset[],
  of: (...purposes: readonly Purpose[]) => readonly Asset[],
  office: number,
): Use {
  const engineering = of('engineering').length;
  const operations = of('operations', 'panel');
  if (operations.length + engineering === 0) {
    if (office > 0) return 'office';
    // of whom nothing is known but that they speak as machines do
    return assets.some(({ protocols }) => protocols.some(({ name }) => isMachineProtocol(name)))
      ? 'control'
      : 'unclear';
  }
  if (engineering === 0 && !operations.some(isOperated)) {
    const clients = of('office').filter(({ role }) => role === 'workstation' || role === 'printer').length;
    return clients > operations.length + office - clients ? 'office' : 'services';
  }
  if (office > operations.length + engineering) return 'mixed';
  return operations.length === 0 ? 'engineering' : 'supervisory';
}

/** Whether people operate the process from a host. */
function isOperated({ role }: Asset): boolean {
  return role === 'hmi' || role === 'scada-server';
}

/** Whether operators work in a network that has no machines. */
export function isOperators({ assets }: Network, purposeOf: PurposeOf): boolean {
  const machines = assets.map(purposeOf).some((purpose) => purpose === 'process' || purpose === 'safety');
  const computers = assets.filter((asset) => COMPUTERS.has(purposeOf(asset)));
  const operated = computers.filter(isOperated).length;
  return !machines && operated > 0 && 2 * operated >= computers.filter((asset) => purposeOf(asset) === 'office').length;
}
