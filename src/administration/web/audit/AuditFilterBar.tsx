import { DayFilter, FilterBar, SearchFilter, SelectFilter } from '../../../ui/FilterBar.tsx';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import type { useAuditFilters } from './auditFilters.ts';
import { filterKinds, kindLabel, kindsOfTenancy } from './auditLabels.tsx';

const origins = ['inside', 'outside', 'provider'] as const;

/** `apart`: whose doing it is, is what the page is about. */
export function AuditFilterBar({
  chosen,
  choose,
  clear,
  narrowed,
  apart = false,
}: ReturnType<typeof useAuditFilters> & { apart?: boolean }) {
  const text = useText();
  const { acting, namesTenants } = useSession();
  const kinds = filterKinds.filter((kind) => namesTenants || !kindsOfTenancy.includes(kind));
  return (
    <FilterBar active={narrowed} clear={clear}>
      <SearchFilter label={text('audit.who')} value={chosen.who} change={(who) => choose({ who })} />
      <SearchFilter label={text('audit.of')} value={chosen.subject} change={(subject) => choose({ subject })} />
      <SelectFilter
        label={text('audit.about')}
        value={chosen.kind}
        change={(kind) => choose({ kind })}
        choices={kinds.map((value) => ({ value, label: text(kindLabel(value)) }))}
      />
      {!apart && acting.tenancy !== 'off' && (
        <SelectFilter
          label={text('audit.origin')}
          value={chosen.origin}
          change={(origin) => choose({ origin })}
          choices={origins.map((value) => ({ value, label: text(`audit.origin.${value}`) }))}
        />
      )}
      <SelectFilter
        label={text('audit.reads')}
        value={chosen.reads}
        change={(reads) => choose({ reads })}
        choices={(['exclude', 'only'] as const).map((value) => ({ value, label: text(`audit.reads.${value}`) }))}
        any={text('audit.reads')}
      />
      <DayFilter label={text('audit.from')} value={chosen.from} change={(from) => choose({ from })} />
      <DayFilter label={text('audit.until')} value={chosen.until} change={(until) => choose({ until })} />
    </FilterBar>
  );
}
