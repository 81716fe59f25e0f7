import { type XmlElement, xml } from '../xmpp/element.ts';
import { NS } from '../xmpp/namespaces.ts';

/** What the focus says about our conference. */
export interface ConferenceReply {
  /** True when the focus is in the room and we may come. */
  readonly ready: boolean;
  /** Bare real JID of the focus, by which it is recognised in the room. */
  readonly focusJid: string | undefined;
}

/** Asks the focus to prepare the conference. `machineUid` is a random id of this client. */
export function conferenceRequest(focusJid: string, roomJid: string, machineUid: string): XmlElement {
  return xml(
    'iq',
    NS.client,
    { type: 'set', to: focusJid },
    xml('conference', NS.focus, { room: roomJid, 'machine-uid': machineUid }),
  );
}

/** Reads the answer. */
export function readConferenceReply(iq: XmlElement): ConferenceReply {
  const conference = iq.child('conference', NS.focus);
  return {
    ready: conference?.attribute('ready') === 'true',
    focusJid: conference?.attribute('focusjid'),
  };
}
