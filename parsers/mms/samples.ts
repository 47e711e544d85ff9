import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const ISO = 'ISO 9506-2, 7 to 17; ISO 8327-1, 8823-1 and 8650-1; invented values';
const IEC = 'ISO 9506-2, 14; names after IEC 61850-8-1; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'associates and concludes',
    origin: ISO,
    messages: [
      [
        'client',
        `0d91050613010016010214020002c183 ; session: CONNECT
         318180a003800101a279810400000001820400000001a423300f0201010604520100013004060251013010020103060528ca22020130040602510161463044020101a03f603d80020780a107060528ca220203be2e282c020103a027 ; presentation and ACSE, around
         a82580027d00810114820114830104a416800101810305fb00820c036e1d000000000064000198 ; initiate-Request`,
      ],
      [
        'server',
        `0e84050613010016010214020002c176 ; session: ACCEPT
         3174a003800101a26d810400000001820400000001a512300780010081025101300780010081025101614b3049020101a044614280020780a107060528ca220203a203020100be2e282c020103a027 ; presentation and ACSE, around
         a92580027d00810114820114830104a416800101810305fb00820c036e1d000000000064000198 ; initiate-Response`,
      ],
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         61093007020103a002 ; presentation: context 3
         8b00 ; conclude-Request`,
      ],
      [
        'server',
        `01 00 01 00 ; session: give tokens, data transfer
         61093007020103a002 ; presentation: context 3
         8c00 ; conclude-Response`,
      ],
      ['client', `09 10 c1 0e 610c300a020101a0056203800100 ; session: FINISH with ACSE release`],
    ],
    operations: [
      'initiate initiate (session): 1 requests, 1 responses, 0 refused',
      'conclude conclude (session): 1 requests, 1 responses, 0 refused',
      'release release (session): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'says that a password protects an association, which is refused',
    origin: ISO,
    messages: [
      [
        'client',
        `0d9b050613010016010214020002c18d ; session: CONNECT
         31818aa003800101a28182810400000001820400000001a423300f0201010604520100013004060251013010020103060528ca220201300406025101614f304d020101a048604680020780a107060528ca2202038a0207808b03520301be2e282c020103a027 ; presentation and ACSE, around
         a82580027d00810114820114830104a416800101810305fb00820c036e1d000000000064000198 ; initiate-Request`,
      ],
      [
        'server',
        `0e63050613010016010214020002c155 ; session: ACCEPT
         3153a003800101a24c810400000001820400000001a512300780010081025101300780010081025101612a3028020101a023612180020780a107060528ca220203a203020101be0d280b020103a006 ; presentation and ACSE, around
         aa0480020001 ; initiate-Error`,
      ],
      [
        'client',
        `0d91050613010016010214020002c183 ; session: CONNECT
         318180a003800101a279810400000001820400000001a423300f0201010604520100013004060251013010020103060528ca22020130040602510161463044020101a03f603d80020780a107060528ca220203be2e282c020103a027 ; presentation and ACSE, around
         a82580027d00810114820114830104a416800101810305fb00820c036e1d000000000064000198 ; initiate-Request`,
      ],
      ['server', `0c 03 32 01 02 ; session: REFUSE`],
      ['client', `19 03 11 01 03 ; session: ABORT`],
    ],
    operations: [
      'initiate initiate (session): 2 requests, 2 responses, 2 refused',
      'abort abort (session): 1 requests, 0 responses, 0 refused',
    ],
    evidence: ['protection = MMS: association with password (mms.acse.mechanism-name, client)'],
  },
  {
    title: 'learns vendor, model and revision, and a state',
    origin: ISO,
    messages: [
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         610e300c020103a007 ; presentation: context 3
         a0050201018200 ; identify`,
      ],
      [
        'server',
        `01 00 01 00 ; session: give tokens, data transfer
         61223020020103a01b ; presentation: context 3
         a119020101a214800441636d65810549454420378205322e332e31 ; vendor, model, revision`,
      ],
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         610f300d020103a008 ; presentation: context 3
         a006020102800100 ; status`,
      ],
      [
        'server',
        `01 00 01 00 ; session: give tokens, data transfer
         61143012020103a00d ; presentation: context 3
         a10b020102a006800100810101 ; logical state 0, physical state 1`,
      ],
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         61173015020103a010 ; presentation: context 3
         a00e020103a109a003800109a1028000 ; getNameList: domains`,
      ],
    ],
    operations: [
      'identify identify (diagnostic): 1 requests, 1 responses, 0 refused',
      'status status (diagnostic): 1 requests, 1 responses, 0 refused',
      'getNameList getNameList (diagnostic): 1 requests, 0 responses, 0 refused',
    ],
    evidence: [
      'vendor = Acme (mms.identify.vendor-name, server)',
      'model = IED 7 (mms.identify.model-name, server)',
      'firmware = 2.3.1 (mms.identify.revision, server)',
      'state = partially operational (mms.status.vmd-physical-status, server)',
    ],
  },
  {
    title: 'reads, writes, selects and operates; some is refused',
    origin: IEC,
    messages: [
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         61423040020103a03b ; presentation: context 3
         a039020104a434a132a0303016a014a1121a034c44301a0b4c4c4e30245354244d6f643016a014a1121a034c44301a0b4c4c4e3024535424426568 ; read two variables`,
      ],
      [
        'server',
        `01 00 01 00 ; session: give tokens, data transfer
         61163014020103a00f ; presentation: context 3
         a10d020104a408a10685010180010a ; a value, a failure`,
      ],
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         61293027020103a022 ; presentation: context 3
         a020020105a41b800100a116a114a1121a034c44301a0b4c4c4e302464734d656173 ; read a data set`,
      ],
      [
        'server',
        `01 00 01 00 ; session: give tokens, data transfer
         61133011020103a00c ; presentation: context 3
         a10a020105a405a10380010a ; failure: object non-existent`,
      ],
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         612f302d020103a028 ; presentation: context 3
         a026020106a421a11fa01d301ba019a1171a034c44301a10435357493124434f24506f732453424f ; select`,
      ],
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         61333031020103a02c ; presentation: context 3
         a02a020107a525a01e301ca01aa1181a034c44301a11435357493124434f24506f73244f706572a003830101 ; operate`,
      ],
      [
        'server',
        `01 00 01 00 ; session: give tokens, data transfer
         6111300f020103a00a ; presentation: context 3
         a108020107a503800103 ; failure: object access denied`,
      ],
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         61363034020103a02f ; presentation: context 3
         a02d020108a528a021301fa01da11b1a034c44301a144c4c4e3024425224726362303124527074456e61a003830101 ; enable reports`,
      ],
      [
        'server',
        `01 00 01 00 ; session: give tokens, data transfer
         6110300e020103a009 ; presentation: context 3
         a107020108a5028100 ; success`,
      ],
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         613a3038020103a033 ; presentation: context 3
         a031020109a52ca0253023a021a11f1a034c44301a1850544f43312453472453747256616c247365744d61672466a003830101 ; write a setting`,
      ],
      [
        'server',
        `01 00 01 00 ; session: give tokens, data transfer
         61173015020103a010 ; presentation: context 3
         a30ea00ca1058003525054a0038a0131 ; informationReport`,
      ],
    ],
    operations: [
      'read read (read): 2 requests, 2 responses, 1 refused',
      'read read: select (control): 1 requests, 0 responses, 0 refused',
      'write write: control (control): 1 requests, 1 responses, 1 refused',
      'write write: report control (session): 1 requests, 1 responses, 0 refused',
      'write write (write): 1 requests, 0 responses, 0 refused',
      'informationReport informationReport (read): 0 requests, 1 responses, 0 refused',
    ],
    touches: [
      'read: variable "LD0/LLN0$ST$Mod"',
      'read: variable "LD0/LLN0$ST$Beh"',
      'read: variable-list "LD0/LLN0$dsMeas"',
      'read: variable "LD0/CSWI1$CO$Pos$SBO"',
      'write: variable "LD0/CSWI1$CO$Pos$Oper"',
      'write: variable "LD0/LLN0$BR$rcb01$RptEna"',
      'write: variable "LD0/PTOC1$SG$StrVal$setMag$f"',
    ],
  },
  {
    title: 'moves a domain, stops a program and opens a file; errors and rejections refuse',
    origin: ISO,
    messages: [
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         611a3018020103a013 ; presentation: context 3
         a01102010aba0c800550524f4731a100820100 ; initiateDownloadSequence`,
      ],
      [
        'server',
        `01 00 01 00 ; session: give tokens, data transfer
         61133011020103a00c ; presentation: context 3
         a20a80010aa205a003870103 ; confirmed-Error`,
      ],
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         61153013020103a00e ; presentation: context 3
         a00c02010bbf290680044d41494e ; stop`,
      ],
      [
        'server',
        `01 00 01 00 ; session: give tokens, data transfer
         610f300d020103a008 ; presentation: context 3
         a40680010b810101 ; reject`,
      ],
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         61243022020103a01d ; presentation: context 3
         a01b02010cbf4815a010190e434f4d54524144452f312e636667810100 ; fileOpen`,
      ],
      [
        'server',
        `01 00 01 00 ; session: give tokens, data transfer
         61173015020103a010 ; presentation: context 3
         a10e02010cbf4808800101a103800120 ; its handle`,
      ],
      [
        'server',
        `01 00 01 00 ; session: give tokens, data transfer
         610e300c020103a007 ; presentation: context 3
         a1050201638100 ; an answer whose request was not heard`,
      ],
    ],
    operations: [
      'initiateDownloadSequence initiateDownloadSequence (program): 1 requests, 1 responses, 1 refused',
      'stop stop (control): 1 requests, 1 responses, 1 refused',
      'fileOpen fileOpen (read): 1 requests, 1 responses, 0 refused',
      'getNameList getNameList (diagnostic): 0 requests, 1 responses, 0 refused',
    ],
  },
  {
    title: 'counts services that it does not know, and PDUs that are cut short',
    origin: 'made: service 90; an MMS PDU without its service; a connection without MMS',
    messages: [
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         610f300d020103a008 ; presentation: context 3
         a00602010d9f5a00 ; service 90`,
      ],
      [
        'client',
        `01 00 01 00 ; session: give tokens, data transfer
         610c300a020103a005 ; presentation: context 3
         a00302010e ; no service`,
      ],
      ['server', `0e 06 05 06 13 01 00 16`],
      ['client', `55 00`],
    ],
    outcomes: [Outcome.unsupported, Outcome.truncated, Outcome.truncated, Outcome.malformed],
    operations: [
      'service 90 service 90 (write): 1 requests, 0 responses, 0 refused',
      'initiate initiate (session): 0 requests, 1 responses, 0 refused',
    ],
  },
];
