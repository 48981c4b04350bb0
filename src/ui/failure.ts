/** What the parts need to know of a failed call (RFC 9457); status 0 means that the server was not reached. */
export interface Failure {
  status: number;
  title: string;
  details?: Readonly<Record<string, unknown>>;
  errors?: readonly { pointer: string; detail: string }[];
}

export function isFailure(error: unknown): error is Failure {
  return (
    typeof error === 'object' &&
    error !== null &&
    typeof (error as Failure).status === 'number' &&
    typeof (error as Failure).title === 'string'
  );
}
