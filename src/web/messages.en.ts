import administration from '../administration/web/messages.en.json' with { type: 'json' };
import catalog from '../catalog/web/messages.en.json' with { type: 'json' };
import desk from '../desk/web/messages.en.json' with { type: 'json' };
import identity from '../identity/web/messages.en.json' with { type: 'json' };
import selfservice from '../selfservice/web/messages.en.json' with { type: 'json' };
import tenancy from '../tenancy/web/messages.en.json' with { type: 'json' };
import ui from '../ui/messages.en.json' with { type: 'json' };
import web from './messages.en.json' with { type: 'json' };

export const messages = {
  ...ui,
  ...web,
  ...identity,
  ...tenancy,
  ...administration,
  ...catalog,
  ...desk,
  ...selfservice,
};
