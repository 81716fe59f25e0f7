/** One wrong field of a form. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** A refusal of the portal's API (RFC 9457), or that it could not be reached. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** The portal's stable code; `unreachable`, `portal-down` and `unreadable` are our own. */
  readonly code: string;
  readonly status: number;
  readonly fields: readonly FieldProblem[];

  constructor(code: string, status: number, detail: string, fields: readonly FieldProblem[] = []) {
    super(detail);
    this.code = code;
    this.status = status;
    this.fields = fields;
  }

  /** What is wrong with a field, if it was named. */
  field(name: string): string | undefined {
    return this.fields.find((problem) => problem.field === name)?.message;
  }
}

/** Reads the body of a refusal; anything may stand in it, as proxies answer too. */
export function problemFrom(status: number, body: unknown): Problem {
  if (typeof body !== 'object' || body === null) {
    return new Problem(codeOf(status), status, '');
  }
  const { code, detail, errors } = body as Record<string, unknown>;
  const fields = Array.isArray(errors) ? errors.filter(isFieldProblem) : [];
  return new Problem(
    typeof code === 'string' ? code : codeOf(status),
    status,
    typeof detail === 'string' ? detail : '',
    fields,
  );
}

/** What a status means that comes without a code of the portal's: somebody before it has answered. */
function codeOf(status: number): string {
  switch (status) {
    case 429:
      return 'too-many-requests';
    case 502:
    case 503:
    case 504:
      return 'portal-down';
    default:
      return status >= 500 ? 'internal' : 'unreadable';
  }
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as FieldProblem).field === 'string' &&
    typeof (value as FieldProblem).message === 'string'
  );
}
