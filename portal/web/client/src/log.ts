/**
 * Takes one line of log. Neither message nor detail holds names, addresses, passwords or what people write:
 * only ids, counts and states.
 */
export type Log = (level: 'debug' | 'info' | 'warn', message: string, detail?: unknown) => void;

/** Says nothing. */
export const noLog: Log = () => undefined;
