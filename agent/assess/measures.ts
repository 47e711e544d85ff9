/** What a plant can do about findings: the steps of a roadmap, each mending what several rules find. */
import type { RoadmapStep } from './assessment.ts';

export type MeasureId =
  | 'investigate'
  | 'separate-safety'
  | 'build-dmz'
  | 'close-internet'
  | 'control-remote-access'
  | 'enforce-conduits'
  | 'segment'
  | 'protect-logins'
  | 'restrict-engineering'
  | 'control-portable-devices'
  | 'remove-office-services'
  | 'secure-protocols'
  | 'renew-systems'
  | 'log-and-synchronise'
  | 'complete-monitoring'
  | 'calm-the-network'
  | 'complete-inventory';

export interface Measure {
  readonly id: MeasureId;
  readonly title: string;
  /** It guards the border between IT and OT or the safety system: before everything else, where the risk is high. */
  readonly guardsBorder: boolean;
  readonly effort: RoadmapStep['effort'];
  readonly operations: RoadmapStep['operations'];
  readonly why: string;
  readonly how: string;
  /** What it needs of the running plant. */
  readonly needs: string;
}

export const MEASURES: readonly Measure[] = [
  {
    id: 'investigate',
    title: 'Find out what is behind signs of an attack or a fault',
    guardsBorder: true,
    effort: 1,
    operations: 'none',
    why: 'These signs have harmless explanations. Until one is found, they may be an intruder who is at work.',
    how: 'Find the device behind each address, ask who runs it and why, and keep the capture. Treat what nobody can explain as an incident.',
    needs: 'Nothing of the running plant.',
  },
  {
    id: 'separate-safety',
    title: 'Separate the safety system',
    guardsBorder: true,
    effort: 3,
    operations: 'window',
    why: 'The safety system is what is left when control fails or is attacked; whoever reaches both can cause harm.',
    how: 'Give the safety controllers and their engineering station a zone of their own behind a firewall or a one-way gateway that lets through the reads seen, and nothing else. Leave the key switch of each controller in RUN.',
    needs: 'A maintenance window of the safety system, its supplier’s agreement, and a proof test afterwards.',
  },
  {
    id: 'build-dmz',
    title: 'Let nothing pass between enterprise and plant except through a DMZ',
    guardsBorder: true,
    effort: 4,
    operations: 'window',
    why: 'What is broken into most often is the office network. A border that sessions cross directly does not stop what follows.',
    how: 'Put a firewall between both, with a DMZ in which sessions end: a jump host for people, a replica for the historian, a relay for files and updates. Move the flows named here one by one, then deny the rest.',
    needs: 'A short interruption of each flow as it is moved; production goes on.',
  },
  {
    id: 'close-internet',
    title: 'Close the ways between the plant and the internet',
    guardsBorder: true,
    effort: 2,
    operations: 'none',
    why: 'A way out is how intruders steer what they have broken into; a way in is found by scanners within hours.',
    how: 'Deny traffic from plant addresses to the internet and back at the outer firewall; give updates, licences and time a relay in the DMZ. Ask the owner of each device named why it calls out.',
    needs: 'Nothing, unless a supplier’s cloud service is among the flows: agree on it first.',
  },
  {
    id: 'control-remote-access',
    title: 'Bring remote access through one controlled way',
    guardsBorder: true,
    effort: 3,
    operations: 'none',
    why: 'Remote access is a hand on the plant from a place that nobody there can see.',
    how: 'Let remote sessions end on a jump host in the DMZ with a second factor, a named person, an approval per session and a recording; remove every other way in.',
    needs: 'The suppliers who maintain from afar; the plant runs on.',
  },
  {
    id: 'enforce-conduits',
    title: 'Decide on the flows that no conduit allows, then block the rest',
    guardsBorder: false,
    effort: 2,
    operations: 'window',
    why: 'A zone protects only as far as its border lets nothing else through.',
    how: 'Go through the violations: allow with a reason and an owner what the process needs, stop the rest at its source, then let the firewalls deny by default.',
    needs: 'Change control for each rule; a window for the first day of denying.',
  },
  {
    id: 'segment',
    title: 'Divide the network into zones with boundaries between them',
    guardsBorder: false,
    effort: 5,
    operations: 'window',
    why: 'On a flat network one infected computer reaches every controller.',
    how: 'Start with the zones proposed: one VLAN and network each, a firewall or filtering router between them that first only logs, then denies. Go cell by cell, the most critical first.',
    needs: 'A maintenance window per cell, as addresses or gateways change.',
  },
  {
    id: 'protect-logins',
    title: 'End logins in clear and default passwords',
    guardsBorder: false,
    effort: 2,
    operations: 'window',
    why: 'Whoever listens as this tool does has these passwords.',
    how: 'Change the passwords seen, after the service was replaced: SSH for Telnet, SFTP or HTTPS for FTP and HTTP, SNMPv3 for v1 and v2c. Where a device cannot, let only its engineering station reach the service.',
    needs: 'Settings of running devices: test on one of each kind, then one at a time.',
  },
  {
    id: 'restrict-engineering',
    title: 'Let only named stations write to and program controllers',
    guardsBorder: false,
    effort: 2,
    operations: 'window',
    why: 'Most controllers obey whoever reaches them; what protects them is who can reach them.',
    how: 'Name the stations that may write and program; set protection levels, passwords and access lists of the controllers; leave key switches in RUN; let the firewall of the cell hold the rest back.',
    needs: 'A window per controller where its protection level is part of the program.',
  },
  {
    id: 'control-portable-devices',
    title: 'Check and register devices that come and go',
    guardsBorder: false,
    effort: 2,
    operations: 'none',
    why: 'A laptop that was elsewhere yesterday brings along what it met there.',
    how: 'Keep engineering laptops in the plant; scan others at a checkpoint before they are connected; disable free switch ports.',
    needs: 'A rule for suppliers on site.',
  },
  {
    id: 'remove-office-services',
    title: 'Remove office services from control systems',
    guardsBorder: false,
    effort: 1,
    operations: 'none',
    why: 'Mail, chat and web pages are how malicious code reaches people at computers.',
    how: 'Remove or block them on the stations named, and give operators an office computer beside them.',
    needs: 'Nothing of the process; the agreement of the people who use them.',
  },
  {
    id: 'secure-protocols',
    title: 'Protect or replace protocols that authenticate and protect nothing',
    guardsBorder: false,
    effort: 4,
    operations: 'supplier',
    why: 'Commands that carry no proof of their sender can be forged and changed on their way.',
    how: 'Switch on what devices have: OPC UA Sign and Encrypt, DNP3 Secure Authentication, S7 access levels and secure communication, CIP Security, TLS 1.2 and later. Put what has nothing behind a boundary that lets only its masters through, or into a VPN where it leaves the site.',
    needs: 'The suppliers of the devices, often firmware updates and a window.',
  },
  {
    id: 'renew-systems',
    title: 'Update, replace or shield systems without support',
    guardsBorder: false,
    effort: 4,
    operations: 'supplier',
    why: 'What gets no patches keeps every weakness that becomes known.',
    how: 'Ask the supplier which versions are released for the application; update in the next stop; put what cannot be updated behind a boundary of its own and switch off what it does not need (SMB 1, RDP).',
    needs: 'The supplier’s release and a stop, or nothing where it is shielded.',
  },
  {
    id: 'log-and-synchronise',
    title: 'Collect logs and give the plant one time',
    guardsBorder: false,
    effort: 2,
    operations: 'none',
    why: 'After an incident there is nothing to read, and what there is cannot be put in order.',
    how: 'Let switches, firewalls, servers and what else can send syslog or traps to a collector in the DMZ; serve NTP from one clock per site.',
    needs: 'Settings without effect on the process.',
  },
  {
    id: 'complete-monitoring',
    title: 'Let the listener hear the whole plant',
    guardsBorder: false,
    effort: 1,
    operations: 'none',
    why: 'What was not heard is not assessed.',
    how: 'Mend the mirror ports as described under blind spots, and listen for at least as long as the slowest cycle of the plant: a week, and once during a shutdown.',
    needs: 'A setting of a switch; no traffic is disturbed.',
  },
  {
    id: 'calm-the-network',
    title: 'Mend what loads the network and the controllers',
    guardsBorder: false,
    effort: 2,
    operations: 'window',
    why: 'A network at its limits fails with the next disturbance, deliberate or not.',
    how: 'Find the cause of each: a cable, a duplex mismatch, a poll of what no longer exists, a cycle faster than the device. Limit broadcasts at the switches.',
    needs: 'Changes to clients’ configuration, in a window where they restart.',
  },
  {
    id: 'complete-inventory',
    title: 'Complete the inventory',
    guardsBorder: false,
    effort: 1,
    operations: 'none',
    why: 'Nobody patches, replaces or defends what is on no list.',
    how: 'Take the list of this report, add owner, criticality, place and what could not be heard, and align versions of the same model.',
    needs: 'Nothing of the running plant.',
  },
];
