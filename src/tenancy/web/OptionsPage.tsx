import { useQuery } from '@tanstack/react-query';
import type { AnswerOf } from '../../platform/endpoints.ts';
import { FailureState } from '../../ui/FailureState.tsx';
import { NumberField, TextField } from '../../ui/form/fields.tsx';
import { RecordForm } from '../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../ui/form/useRecordForm.ts';
import { Page } from '../../ui/Page.tsx';
import { Sheet } from '../../ui/Section.tsx';
import { showToast } from '../../ui/toast.ts';
import { answerOf, useAct } from '../../web/queries.ts';
import { useSession } from '../../web/session.tsx';
import { WaitingPage } from '../../web/shells/OtherPages.tsx';
import { useText } from '../../web/text.ts';
import { getOptions, setOptions } from '../options/options.api.ts';

export function OptionsPage() {
  const text = useText();
  const { data: options, error, refetch } = useQuery(answerOf(getOptions));
  if (error && !options) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!options) return <WaitingPage />;
  return (
    <Page title={text('options.title')} lead={text('options.lead')} narrow>
      <OptionsForm key={options.version} options={options} />
    </Page>
  );
}

function OptionsForm({ options }: { options: AnswerOf<typeof getOptions> }) {
  const text = useText();
  const { acting } = useSession();
  const act = useAct(setOptions, ['me']);
  const { version, ...initial } = options;
  const form = useRecordForm({
    initial: initial as { productName: string; greatestTenants: number | null; greatestDepth: number },
    schema: { ...setOptions.body, required: ['productName', 'greatestDepth'], properties: checked },
    submit: async (body) => {
      await act.mutateAsync({ version, body });
      showToast(text('record.saved'));
    },
  });
  return (
    <Sheet>
      <RecordForm form={form}>
        <TextField
          form={form}
          name="productName"
          label={text('options.product-name')}
          hint={text('options.product-name.hint')}
        />
        {acting.tenancy !== 'off' && (
          <>
            <NumberField
              form={form}
              name="greatestTenants"
              label={text('options.greatest-tenants')}
              hint={text('options.greatest-tenants.hint')}
            />
            <NumberField
              form={form}
              name="greatestDepth"
              label={text('options.greatest-depth')}
              hint={text('options.greatest-depth.hint')}
            />
          </>
        )}
      </RecordForm>
    </Sheet>
  );
}

/** The endpoint's own, without the “or null” around the greatest number. */
const checked = {
  productName: { type: 'string', minLength: 1, maxLength: 80 },
  greatestTenants: { type: 'integer', minimum: 1, maximum: 1_000_000 },
  greatestDepth: { type: 'integer', minimum: 1, maximum: 40 },
};
