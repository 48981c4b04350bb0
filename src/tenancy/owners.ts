/** The reserved owners (R1.8, R6.2) and the provider, which is always the first tenant (R2.3). */
export const unassigned = 1;
export const publicOwner = 2;
export const providerOwner = 3;
