import { useRouterState } from '@tanstack/react-router';
import type { RefusalHelpProps } from '../../../ui/refusalHelp.ts';
import { subjectOfPage } from './subjectOfPage.ts';
import { WhyButton } from './WhyButton.tsx';

/** R10.5: beside what was refused, about the page that it was refused on. */
export function WhyRefused({ refusal }: RefusalHelpProps) {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  return <WhyButton small refusal={refusal} list={subjectOfPage(pathname) ?? ''} />;
}
