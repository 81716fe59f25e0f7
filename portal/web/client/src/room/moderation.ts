import type { MediaKind } from '../participant.ts';
import { type XmlElement, xml } from '../xmpp/element.ts';
import { resourceOf } from '../xmpp/jid.ts';
import { NS } from '../xmpp/namespaces.ts';

/** Asks the focus to mute somebody. */
export function muteRequest(focusOccupant: string, targetOccupant: string, kind: MediaKind): XmlElement {
  const namespace = kind === 'audio' ? NS.muteAudio : NS.muteVideo;
  return xml(
    'iq',
    NS.client,
    { type: 'set', to: focusOccupant },
    xml('mute', namespace, { jid: targetOccupant }, 'true'),
  );
}

/** Asks the room to remove somebody (XEP-0045, section 8.2). */
export function kickRequest(roomJid: string, nick: string, reason: string | undefined): XmlElement {
  return xml(
    'iq',
    NS.client,
    { type: 'set', to: roomJid },
    xml(
      'query',
      NS.mucAdmin,
      {},
      xml(
        'item',
        NS.mucAdmin,
        { nick, role: 'none' },
        reason === undefined ? undefined : xml('reason', NS.mucAdmin, {}, reason),
      ),
    ),
  );
}

/** Tells the component concerned to end the meeting for everybody. */
export function endConferenceMessage(componentJid: string): XmlElement {
  return xml('message', NS.client, { to: componentJid }, xml('end_conference', NS.client));
}

/** The focus passes a moderator's wish on that we be muted. */
export interface MuteOrder {
  readonly kind: MediaKind | 'desktop';
  /** Endpoint id of the moderator. */
  readonly by: string;
}

/** Reads such an order out of an IQ; the caller has made sure that it comes from the focus. */
export function readMuteOrder(iq: XmlElement): MuteOrder | undefined {
  const kinds = [
    ['audio', NS.muteAudio],
    ['video', NS.muteVideo],
    ['desktop', NS.muteDesktop],
  ] as const;
  for (const [kind, namespace] of kinds) {
    const mute = iq.child('mute', namespace);
    if (mute?.text.trim() === 'true') {
      return { kind, by: resourceOf(mute.attribute('actor') ?? '') };
    }
  }
  return undefined;
}
