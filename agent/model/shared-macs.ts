/** MAC addresses that several routers share on purpose: VRRP (RFC 9568, section 7.3), HSRP, GLBP, CARP. */
const SHARED = /^(00:00:5e:00:0[12]|00:00:0c:07:ac|00:00:0c:9f:f|00:05:73:a0:0|00:07:b4)/;

/** Whether a MAC address belongs to a group of routers, and tells nothing of which device it is. */
export function isSharedMac(mac: string): boolean {
  return SHARED.test(mac);
}
