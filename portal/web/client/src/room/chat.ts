import { type XmlElement, xml } from '../xmpp/element.ts';
import { bareJid, resourceOf } from '../xmpp/jid.ts';
import { NS } from '../xmpp/namespaces.ts';

/** A line of chat as the room passed it on. */
export interface ReceivedChat {
  readonly id: string;
  readonly nick: string;
  readonly text: string;
  /** When it was said, if that is not now: milliseconds since 1970. */
  readonly at: number | undefined;
}

/** Characters of a line of chat; more is refused when we send and cut when we receive. */
export const MAX_CHAT_LENGTH = 10_000;

/** Makes a message to everybody in the room. */
export function chatMessage(roomJid: string, id: string, text: string): XmlElement {
  return xml('message', NS.client, { type: 'groupchat', to: roomJid, id }, xml('body', NS.client, {}, text));
}

/** Reads a line of chat; undefined when the message is something else, or comes from the room itself. */
export function readChat(message: XmlElement, roomJid: string): ReceivedChat | undefined {
  const from = message.attribute('from') ?? '';
  const nick = resourceOf(from);
  const body = message.child('body')?.text;
  if (message.attribute('type') !== 'groupchat' || bareJid(from) !== roomJid || nick === '' || !body) {
    return undefined;
  }
  const stamp = Date.parse(message.child('delay', NS.delay)?.attribute('stamp') ?? '');
  return {
    id: message.attribute('id') ?? '',
    nick,
    text: body.slice(0, MAX_CHAT_LENGTH),
    at: Number.isNaN(stamp) ? undefined : stamp,
  };
}
