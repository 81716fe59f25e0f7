import type { RoomRole } from '../participant.ts';
import type { XmlElement } from '../xmpp/element.ts';
import { bareJid, resourceOf } from '../xmpp/jid.ts';
import { NS } from '../xmpp/namespaces.ts';
import { readSourceInfo, type SourceInfo } from './source-info.ts';

/** The nick that belongs to the focus; the shard gives it to nobody else. */
export const FOCUS_NICK = 'focus';

/** Longer names are cut: they are to be shown, not read. */
const MAX_NAME = 100;
const MAX_URL = 2048;

/** Somebody in the room, the focus included, as their latest presence shows them. */
export interface Occupant {
  /** Their endpoint id. */
  readonly nick: string;
  readonly name: string;
  readonly role: RoomRole;
  /** Full real JID where the room shows it. */
  readonly realJid: string | undefined;
  readonly avatarUrl: string | undefined;
  readonly sources: SourceInfo;
  /** From the focus: no bridge can take this conference. */
  readonly bridgeMissing: boolean;
  /** From the focus: it can restart ICE in a running session. */
  readonly iceRestart: boolean;
}

/** Why somebody is no longer in the room. */
export interface Departure {
  readonly nick: string;
  readonly cause:
    | { readonly kind: 'left' }
    /** The room service shuts down; another one may take its place. */
    | { readonly kind: 'shutdown' }
    | { readonly kind: 'kicked'; readonly by: string | undefined; readonly reason: string | undefined }
    | { readonly kind: 'destroyed'; readonly reason: string | undefined };
}

/** What a presence from a room says (XEP-0045, sections 7 to 10). */
export type RoomPresence =
  | { readonly kind: 'here'; readonly occupant: Occupant }
  | { readonly kind: 'gone'; readonly departure: Departure }
  | { readonly kind: 'error'; readonly nick: string };

/** Reads a presence from the room `roomJid`; undefined for those that say nothing (or come from elsewhere). */
export function readPresence(presence: XmlElement, roomJid: string): RoomPresence | undefined {
  const from = presence.attribute('from') ?? '';
  const nick = resourceOf(from);
  if (bareJid(from) !== roomJid) {
    return undefined;
  }
  const type = presence.attribute('type');
  if (type === 'error') {
    return { kind: 'error', nick };
  }
  if (nick === '' || presence.child('ignore', NS.jitmeetIgnore)) {
    return undefined;
  }
  const muc = presence.child('x', NS.mucUser);
  if (type === 'unavailable') {
    return { kind: 'gone', departure: { nick, cause: readCause(muc) } };
  }
  const item = muc?.child('item');
  if (type !== undefined || !item) {
    return undefined;
  }
  return { kind: 'here', occupant: readOccupant(presence, nick, item) };
}

function readOccupant(presence: XmlElement, nick: string, item: XmlElement): Occupant {
  const user = presence.child('identity')?.child('user');
  const name = presence.child('nick', NS.nick)?.text ?? user?.child('name')?.text ?? '';
  const avatar = presence.child('avatar-url')?.text ?? user?.child('avatar')?.text ?? '';
  return {
    nick,
    name: Array.from(name.trim()).slice(0, MAX_NAME).join(''),
    role: readRole(item.attribute('role')),
    realJid: item.attribute('jid'),
    avatarUrl: /^https?:\/\//i.test(avatar) && avatar.length <= MAX_URL ? avatar : undefined,
    sources: readSourceInfo(presence.child('SourceInfo')?.text ?? '{}', nick),
    bridgeMissing: presence.child('bridgeNotAvailable', NS.focus) !== undefined,
    iceRestart: hasProperty(presence, 'support-ice-restart'),
  };
}

/** Whether the focus says that of the conference. */
function hasProperty(presence: XmlElement, key: string): boolean {
  const properties = presence.child('conference-properties', NS.focus)?.childrenNamed('property') ?? [];
  return properties.some(
    (property) => property.attribute('key') === key && property.attribute('value') === 'true',
  );
}

function readRole(role: string | undefined): RoomRole {
  return role === 'moderator' || role === 'visitor' ? role : 'participant';
}

function readCause(muc: XmlElement | undefined): Departure['cause'] {
  const destroy = muc?.child('destroy');
  if (destroy) {
    return { kind: 'destroyed', reason: destroy.child('reason')?.text };
  }
  const codes = muc?.childrenNamed('status').map((status) => status.attribute('code')) ?? [];
  // XEP-0045, section 15.6. 332: the room service shuts down; servers send 307 with it.
  if (codes.includes('332')) {
    return { kind: 'shutdown' };
  }
  // 307: kicked; 301: banned; 321, 322: no longer a member; 333: removed after an error.
  if (codes.some((code) => ['307', '301', '321', '322', '333'].includes(code ?? ''))) {
    const item = muc?.child('item');
    const actor = item?.child('actor');
    return {
      kind: 'kicked',
      by: actor?.attribute('nick') ?? (resourceOf(actor?.attribute('jid') ?? '') || undefined),
      reason: item?.child('reason')?.text,
    };
  }
  return { kind: 'left' };
}
