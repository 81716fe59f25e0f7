import type { ChatMessage } from '@video-window/client';

/** Lines of one person in a row, under one name and time. */
export interface ChatGroup {
  readonly key: string;
  readonly name: string;
  readonly participantId: string;
  readonly own: boolean;
  readonly at: number;
  readonly lines: readonly ChatMessage[];
}

/** After a longer pause the time is worth telling again. */
const pause = 3 * 60_000;

export function groupsOf(messages: readonly ChatMessage[]): readonly ChatGroup[] {
  const groups: (ChatGroup & { lines: ChatMessage[] })[] = [];
  for (const message of messages) {
    const last = groups.at(-1);
    const before = last?.lines.at(-1);
    if (
      last !== undefined &&
      before !== undefined &&
      last.participantId === message.participantId &&
      message.at - before.at < pause
    ) {
      last.lines.push(message);
    } else {
      const { id, name, participantId, own, at } = message;
      groups.push({ key: id, name, participantId, own, at, lines: [message] });
    }
  }
  return groups;
}
