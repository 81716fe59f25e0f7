export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
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
  readonly moderators: readonly Account[];
}

/** What anybody who knows the link may know. */
export interface Room {
  readonly room: string;
  readonly name: string;
  readonly guestsAllowed: boolean;
}
