/** What the portal decided this person may be in the meeting. */
export type TicketRole = 'owner' | 'moderator' | 'member' | 'guest';

/** A STUN or TURN server, in the form `RTCPeerConnection` takes. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/**
 * The portal's answer to "let me join": everything a client needs for one participation in one meeting.
 * It comes from `POST /api/v1/rooms/{room}/tickets` and is handed to {@link Call} as it is.
 *
 * A ticket serves to get connected and lives some minutes; a call outlives it. To come back after a lost
 * connection a fresh one may be needed: see `renewTicket` in {@link CallOptions}.
 */
export interface JoinTicket {
  /** The meeting's code, which is also the node of the room's JID. */
  readonly room: string;
  readonly meetingName: string;
  readonly role: TicketRole;
  /** Eight lower-case hexadecimal digits: nick in the room, id at the bridge and prefix of source names. */
  readonly endpointId: string;
  readonly displayName: string;
  /** ISO 8601 instant after which the ticket gets nobody in. */
  readonly expiresAt: string;
  readonly xmpp: {
    /** `wss:` (or, on loopback, `ws:`) address of the shard, RFC 7395. */
    readonly webSocketUrl: string;
    readonly domain: string;
    /** Bare JID to sign in as. */
    readonly jid: string;
    /** The room-scoped JWT, sent as SASL password. */
    readonly password: string;
    readonly roomJid: string;
    /** Full JID of the conference focus. */
    readonly focusJid: string;
    /** Component that ends the meeting for everybody. */
    readonly endConferenceJid: string;
  };
  readonly iceServers: readonly IceServer[];
}
