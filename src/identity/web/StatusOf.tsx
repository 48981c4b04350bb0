import { Status } from '../../ui/Status.tsx';
import { useText } from '../../web/text.ts';

export function StatusOf({ status }: { status: 'active' | 'inactive' }) {
  const text = useText();
  return <Status tone={status === 'active' ? 'good' : 'neutral'}>{text(`record.${status}`)}</Status>;
}
