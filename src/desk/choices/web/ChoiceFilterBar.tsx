import { FilterBar, SearchFilter, SelectFilter } from '../../../ui/FilterBar.tsx';
import { useUrlState } from '../../../ui/urlState.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import type { ChoiceFilters } from '../choices.fields.ts';

const none = { search: '', status: '', public: 'include' };

export function useChoiceFilters() {
  const [chosen, choose] = useUrlState(none);
  const query: ChoiceFilters = {
    search: chosen.search || undefined,
    status: (chosen.status || undefined) as ChoiceFilters['status'],
    public: chosen.public === 'include' ? undefined : (chosen.public as ChoiceFilters['public']),
  };
  const narrowed = (['search', 'status', 'public'] as const).some((name) => chosen[name] !== none[name]);
  return { chosen, choose, query, narrowed };
}

/** With the filter for public records wherever there are records of one's own beside them (R10.3). */
export function ChoiceFilterBar({ chosen, choose, narrowed }: ReturnType<typeof useChoiceFilters>) {
  const text = useText();
  const { acting } = useSession();
  return (
    <FilterBar active={narrowed} clear={() => choose(none)}>
      <SearchFilter label={text('choices.search')} value={chosen.search} change={(search) => choose({ search })} />
      <SelectFilter
        label={text('record.status')}
        value={chosen.status}
        change={(status) => choose({ status })}
        choices={(['active', 'inactive'] as const).map((value) => ({ value, label: text(`record.${value}`) }))}
      />
      {acting.tenancy !== 'off' && (
        <SelectFilter
          label={text('record.public')}
          value={chosen.public}
          change={(value) => choose({ public: value })}
          choices={(['include', 'exclude', 'only'] as const).map((value) => ({
            value,
            label: text(`record.public.${value}`),
          }))}
          any={null}
        />
      )}
    </FilterBar>
  );
}
