import type { IceServer } from '@video-window/client';

/** Somebody with an account, as others may see them. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** Our own account. */
export interface Account extends Person {
  readonly emailVerified?: boolean;
  readonly administrator?: boolean;
  /** False: signs in with another service only, and has no password here. */
  readonly hasPassword?: boolean;
}

/** What this installation offers. */
export interface Features {
  /** It can send e-mail: addresses can be confirmed and passwords reset. */
  readonly mail: boolean;
  /** Other services whose accounts are taken here (OpenID Connect). */
  readonly oidc: readonly { readonly id: string; readonly name: string }[];
  /** Anybody may make an account. */
  readonly signUp: boolean;
}

/** Who is at this browser. */
export interface Visitor {
  /** Undefined when nobody is signed in. */
  readonly account: Account | undefined;
  /** There was a session, and it is over though nobody signed out. */
  readonly ended: boolean;
  readonly features: Features;
}

export interface Meeting {
  readonly id: string;
  /** The code in the link and the name of the room. */
  readonly room: string;
  readonly name: string;
  /** What we are in it. */
  readonly role: 'owner' | 'moderator';
  readonly guestsAllowed: boolean;
  /** What others follow to join. */
  readonly link: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly moderators: readonly Person[];
}

/** What anybody who knows the link may know. */
export interface Room {
  readonly room: string;
  readonly name: string;
  readonly guestsAllowed: boolean;
}

/** What a browser needs to try out its way to the servers. */
export interface ConnectionTestData {
  readonly webSocketUrl: string;
  /** The XMPP domain. */
  readonly domain: string;
  readonly iceServers: readonly IceServer[];
}
