import type { Asset } from '../../model/asset.ts';
import { isOt, type Talk } from '../plant-view.ts';
import type { Rule } from '../rule.ts';
import { ofTalks, pairLines } from '../telling.ts';
import { count, distinct } from '../words.ts';

/** Mail, voice and chat. */
const PERSON_TO_PERSON: ReadonlySet<string> = new Set([
  ...['smtp', 'pop3', 'imap', 'sip'],
  // submission and secure mail; XMPP, IRC; Microsoft's and Google's meeting services (STUN and TURN)
  ...['tcp/25', 'tcp/465', 'tcp/587', 'tcp/993', 'tcp/995', 'tcp/5222', 'tcp/5223', 'tcp/6667', 'tcp/6697', 'udp/3478'],
]);
/** Encrypted mail is told by its port only. */
const MAIL_PORTS: ReadonlySet<number> = new Set([25, 465, 587, 993, 995, 5222, 5223]);

/** Names of services where people meet, by what a handshake or a request calls its server. */
const SOCIAL =
  /(^|\.)(facebook|fbcdn|instagram|whatsapp|twitter|x|tiktok|linkedin|snapchat|reddit|telegram|t\.me|discord|slack|skype|zoom|webex|youtube|googlevideo|netflix|spotify|gmail|outlook\.live|web\.de|gmx|weixin|wechat|weibo|vk)\.(com|net|org|me|gg|us|de|ru|cn|tv)$/i;

export const personToPerson: Rule = {
  id: 'person-to-person',
  title: 'Mail, chat, voice and social media in plant zones',
  requirement: 'SR 5.3',
  against: ['SR 5.3'],
  measure: 'remove-office-services',
  technique: null,
  evaluate({ talks, assets }) {
    const social = new Set(assets.all.filter(({ names }) => names.some((name) => SOCIAL.test(name))));
    const found = talks.filter((talk) => isOt(talk.client) && isPersonal(talk, social));
    if (found.length === 0) return [];
    const hosts = distinct(found.map(({ client }) => client.scoped));
    return [
      {
        about: null,
        title: `${count(hosts.length, 'plant system uses', 'plant systems use')} mail, chat or social media`,
        why: 'These services carry attachments and links written by strangers to the computers that run the process.',
        severity: 'medium',
        ...ofTalks(found),
        evidence: pairLines(found),
        mend: 'Block and remove them. A system that has to send mail (alarms, reports) gets a relay that takes mail from it and delivers none to it.',
        disturbs: 'Alarm mails, where that is what they are.',
      },
    ];
  },
};

function isPersonal(
  { server: { asset }, conversation: { protocol, port, transport } }: Talk,
  social: ReadonlySet<Asset>,
): boolean {
  if (PERSON_TO_PERSON.has(protocol)) return true;
  if (protocol === 'tls' && transport === 'tcp' && port !== null && MAIL_PORTS.has(port)) return true;
  return asset !== null && social.has(asset);
}
