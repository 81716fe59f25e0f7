import type { VideoCodec } from '../media/video-codec.ts';
import { type XmlElement, xml } from '../xmpp/element.ts';
import { NS } from '../xmpp/namespaces.ts';
import { capsElement } from './capabilities.ts';
import { type SourceInfo, writeSourceInfo } from './source-info.ts';

/** What we show of ourselves. The server replaces name and role by what the ticket says. */
export interface OwnPresence {
  readonly displayName: string;
  readonly sources: SourceInfo;
  /** The codec we like to send. */
  readonly codec: VideoCodec;
  /** Sources of others may be told by the bridge instead of the focus. */
  readonly mapping: boolean;
}

/**
 * Our presence for `roomJid/nick`. Presence is state: each one carries everything, since what is missing counts as
 * removed. The first of a stay also asks to be let in.
 */
export function ownPresence(occupantJid: string, own: OwnPresence, entering: boolean): XmlElement {
  return xml(
    'presence',
    NS.client,
    { to: occupantJid },
    // No history: what was said before belongs to those who were there.
    entering ? xml('x', NS.muc, {}, xml('history', NS.muc, { maxstanzas: 0 })) : undefined,
    capsElement(own.mapping),
    xml('SourceInfo', NS.client, {}, writeSourceInfo(own.sources)),
    xml('jitsi_participant_codecList', NS.client, {}, own.codec),
    xml('nick', NS.nick, {}, own.displayName),
  );
}
