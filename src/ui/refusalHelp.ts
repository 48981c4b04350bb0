import { type ComponentType, createContext } from 'react';

export interface RefusalHelpProps {
  /** The sentence that was shown. */
  refusal: string;
}

/** What stands beside a refusal, for those who can ask about it; given by the application, which knows who that is. */
export const RefusalHelpContext = createContext<ComponentType<RefusalHelpProps> | null>(null);
