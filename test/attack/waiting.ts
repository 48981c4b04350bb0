/** Attacks of docs/rules/attacks.md on parts that the program does not have yet. Each lands with its part. */
export const waiting: Record<string, string> = {
  'T-21': 'there is no declarative apply',
  'T-24': 'nobody signs in through another identity provider',
  'T-25': 'there is no SCIM',
  'T-32': 'no mail is received',
  'T-33': 'no mail is sent',
  'T-34': 'no mail is received',
  'T-37': 'there are no webhooks',
  'T-38': 'there are no agents and no MCP',
  'T-41': 'there are no knowledge articles',
  'T-42': 'tenants have no origin of their own',
};
