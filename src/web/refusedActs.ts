import { isFailure } from '../ui/failure.ts';
import { showToast } from '../ui/toast.ts';

/** For `onError` of a change that no form shows: says what the server answered. Anything else is a bug and stays one. */
export function tellFailure(error: unknown): void {
  if (!isFailure(error)) throw error;
  showToast(error.title, 'failed');
}
