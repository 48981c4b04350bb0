import administration from '../administration/web/messages.es.json' with { type: 'json' };
import catalog from '../catalog/web/messages.es.json' with { type: 'json' };
import desk from '../desk/web/messages.es.json' with { type: 'json' };
import identity from '../identity/web/messages.es.json' with { type: 'json' };
import selfservice from '../selfservice/web/messages.es.json' with { type: 'json' };
import tenancy from '../tenancy/web/messages.es.json' with { type: 'json' };
import ui from '../ui/messages.es.json' with { type: 'json' };
import web from './messages.es.json' with { type: 'json' };
import type { Messages } from './messages.ts';

export const messages: Messages = {
  ...ui,
  ...web,
  ...identity,
  ...tenancy,
  ...administration,
  ...catalog,
  ...desk,
  ...selfservice,
};
