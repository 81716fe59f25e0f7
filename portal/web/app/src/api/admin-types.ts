/** Where in a long list an answer stands; pages count from 1. */
export interface Page {
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

export interface AdminUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly administrator: boolean;
  readonly disabled: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601; nothing when never. */
  readonly lastSignInAt?: string | null;
}

export interface AdminMeeting {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly owner: { readonly id: string; readonly name: string; readonly email: string };
}

/** A call that is going on, as a focus tells it. */
export interface LiveConference {
  readonly shard?: string;
  readonly room: string;
  readonly name?: string | null;
  readonly meetingId: string;
  readonly participants: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly bridges: readonly string[];
}

export interface LiveConferences {
  readonly conferences: readonly LiveConference[];
  /** Shards that did not say what goes on there. */
  readonly silent?: readonly string[];
}

/** A bridge, as a focus sees it. */
export interface BridgeState {
  readonly id: string;
  readonly region?: string | null;
  readonly version?: string | null;
  /** 0 is idle, 1 is full. */
  readonly stress: number;
  readonly healthy: boolean;
  readonly draining: boolean;
  readonly conferences?: number;
  readonly endpoints?: number;
}

export interface ShardState {
  readonly id: string;
  readonly region?: string | null;
  readonly healthy: boolean;
  /** Why it is not healthy. */
  readonly reason?: string | null;
  readonly conferences?: number | null;
  readonly bridges?: readonly BridgeState[];
}

export interface AuditEvent {
  /** ISO 8601. */
  readonly at: string;
  readonly kind: string;
  /** Whom it is about. */
  readonly accountId?: string | null;
  /** Who did it. */
  readonly actorId?: string | null;
  readonly address?: string | null;
  readonly detail?: string | null;
}
