export { Call } from './call.ts';
export type { CallOptions, LocalMedia, Log } from './call.ts';
export { browserEnvironment } from './environment.ts';
export type { Environment, WebSocketLike } from './environment.ts';
export { CallError } from './errors.ts';
export type { CallErrorAction, CallErrorCode } from './errors.ts';
export type { CallEnd, CallEvents, CallListener, CallState, ChatMessage } from './events.ts';
export type { MediaKind, Participant, RoomRole, Source, VideoType } from './participant.ts';
export type { IceServer, JoinTicket, TicketRole } from './ticket.ts';
