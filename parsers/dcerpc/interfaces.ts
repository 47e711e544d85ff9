/** Interfaces that say what a host is or what is done to it, by UUID: C706, [MS-DCOM] and the other [MS-*] named, OPC DA 2.05. */
export const INTERFACES: ReadonlyMap<string, string> = new Map([
  ['e1af8308-5d1f-11c9-91a4-08002b14a0fa', 'the endpoint mapper'],
  ['99fcfec4-5260-101b-bbcb-00aa0021347a', 'DCOM object resolution (IObjectExporter)'],
  ['000001a0-0000-0000-c000-000000000046', 'DCOM activation (ISystemActivator)'],
  ['4d9f4ab8-7d1c-11cf-861e-0020af6e7c57', 'DCOM activation (IActivation)'],
  ['12345778-1234-abcd-ef00-0123456789ab', 'the local security authority (LSARPC)'],
  ['12345778-1234-abcd-ef00-0123456789ac', 'the account database (SAMR)'],
  ['12345678-1234-abcd-ef00-01234567cffb', 'Netlogon'],
  ['e3514235-4b06-11d1-ab04-00c04fc2dcd2', 'directory replication (DRSUAPI)'],
  ['367abb81-9844-35f1-ad32-98f038001003', 'the service control manager (SVCCTL)'],
  ['4b324fc8-1670-01d3-1278-5a47bf6ee188', 'the server service (SRVSVC)'],
  ['338cd001-2244-31f1-aaaa-900038001003', 'the remote registry (WINREG)'],
  ['1ff70682-0a51-30e8-076d-740be8cee98b', 'the task scheduler (ATSVC)'],
  ['39c13a4d-011e-11d0-9675-0020afd8adb3', 'OPC Data Access (IOPCServer)'],
]);
