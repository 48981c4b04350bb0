import type { Failure } from '../ui/failure.ts';

interface ProblemBody {
  type?: string;
  title?: string;
  details?: Record<string, unknown>;
  errors?: readonly { pointer: string; detail: string }[];
}

/** A refused or failed call (RFC 9457). `type` is without its `urn:tenantry:`. */
export class Problem extends Error implements Failure {
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly errors: readonly { pointer: string; detail: string }[];

  constructor(status: number, body: ProblemBody) {
    const title = body.title ?? `HTTP ${status}`;
    super(title);
    this.name = 'Problem';
    this.status = status;
    this.type = (body.type ?? 'failure').replace(/^urn:tenantry:/, '');
    this.title = title;
    this.details = body.details ?? {};
    this.errors = body.errors ?? [];
  }

  /** The server was not reached: trying again may help. */
  get unreached(): boolean {
    return this.status === 0;
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const isProblem = response.headers.get('content-type')?.includes('problem+json');
  const body = isProblem ? ((await response.json().catch(() => ({}))) as ProblemBody) : {};
  return new Problem(response.status, body);
}
