import { Alert, Button, Group, Loader, Modal, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useAnnounced } from '../../../ui/announce.ts';
import { FailureState } from '../../../ui/FailureState.tsx';
import { isFailure } from '../../../ui/failure.ts';
import { Markdown } from '../../../ui/Markdown.tsx';
import { call } from '../../../web/client.ts';
import { type Language, languages, setLocale, useLocale } from '../../../web/language.ts';
import { currentMembership, rememberMembership } from '../../../web/membership.ts';
import { membershipLabel } from '../../../web/names.ts';
import { answerOf, queryClient } from '../../../web/queries.ts';
import { leaveSession, showAs, useMe } from '../../../web/session.tsx';
import { languageNames } from '../../../web/shells/Preferences.tsx';
import { settleTerms } from '../../../web/terms.ts';
import { useText } from '../../../web/text.ts';
import { useMembershipChoice, useSignOut } from '../../../web/useSignOut.ts';
import { getMe, type Me } from '../../sessions/sessions.api.ts';
import { acceptTerms, getMyTerms, type MyTerms, rejectTerms } from '../../terms/acceptance.api.ts';
import css from './TermsDialog.module.css';

type Terms = NonNullable<MyTerms['terms']>;

/**
 * R8.3: the terms of usage over whatever page was open, which stays as it is; `alone` where there is none yet. They can be
 * accepted or rejected, or another membership chosen, but not closed.
 */
export function TermsDialog({ alone }: { alone: boolean }) {
  const text = useText();
  const asked = useQuery({ ...answerOf(getMyTerms), staleTime: 0, gcTime: 0 });
  const { data } = asked;
  const decision = useDecision();
  // In another tab they have been accepted meanwhile, or nobody asks any more.
  useEffect(() => {
    const before = document.title;
    return () => {
      document.title = before;
    };
  }, []);
  const settled = data !== undefined && !data.due && !asked.isFetching;
  useEffect(() => {
    if (settled) void resume();
  }, [settled]);
  return (
    <Modal.Root opened fullScreen onClose={() => {}} closeOnEscape={false} closeOnClickOutside={false} zIndex={1000}>
      <Modal.Content radius={0} aria-label={text('terms.title')} className={css.content}>
        <Modal.Body className={css.body}>
          {asked.error ? (
            <FailureState error={asked.error} retry={() => void asked.refetch()} order={1} />
          ) : data?.due && data.terms ? (
            <Asked key={data.terms.version} terms={data.terms} decision={decision} alone={alone} />
          ) : (
            <div className={css.waiting} role="status" aria-label={text('ui.loading')}>
              <Loader size="sm" />
            </div>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Esc belongs to this page, not to a dialog that is open behind it. */
const own = { 'data-mantine-stop-propagation': 'true' };

interface AskedProps {
  terms: Terms;
  decision: ReturnType<typeof useDecision>;
  alone: boolean;
}

function Asked({ terms, decision, alone }: AskedProps) {
  // A page behind it has its own.
  const Sheet = alone ? 'main' : 'div';
  const text = useText();
  const heading = useAnnounced(terms.name);
  const { language } = useLocale();
  const other: Language = language === 'en' ? 'es' : 'en';
  const read = terms.texts[language].trim() ? language : other;
  const body = { version: terms.version, language: read };
  const { accept, reject, refusal } = decision;
  const busy = accept.isPending || reject.isPending;
  return (
    <Sheet className={css.sheet}>
      <div className={css.header}>
        <div>
          <h1 ref={heading} tabIndex={-1} data-autofocus className={css.title} {...own}>
            {terms.name}
          </h1>
          <p className={css.lead}>
            {terms.organization
              ? text('terms.ask-of', { organization: terms.organization, number: terms.number })
              : text('terms.ask', { number: terms.number })}
          </p>
        </div>
        <Languages />
      </div>
      <OtherMembership />
      <div aria-live="assertive">
        {refusal && (
          <Alert color="red" mb="sm" icon={<IconAlertTriangle aria-hidden />}>
            {refusal}
          </Alert>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className={css.text} aria-label={text('terms.text')} tabIndex={0} {...own}>
        {read !== language && <p className={css.lead}>{text('terms.only-in', { language: languageNames[read] })}</p>}
        <Markdown lang={read}>{terms.texts[read]}</Markdown>
      </section>
      <Group justify="flex-end" gap="xs" className={css.actions}>
        <Button
          variant="default"
          {...own}
          loading={reject.isPending}
          disabled={busy}
          onClick={() => reject.mutate(body)}
        >
          {text('terms.reject')}
        </Button>
        <Button {...own} loading={accept.isPending} disabled={busy} onClick={() => accept.mutate(body)}>
          {text('terms.accept')}
        </Button>
      </Group>
    </Sheet>
  );
}

/** Of everything on this page; what the person has chosen for themselves comes back afterwards. */
function Languages() {
  const text = useText();
  const { language } = useLocale();
  return (
    <SegmentedControl
      aria-label={text('ui.language')}
      value={language}
      onChange={(next) => setLocale({ language: next as Language })}
      data={languages.map((value) => ({ value, label: languageNames[value] }))}
    />
  );
}

/** Whoever does not want to accept for this membership may act under another. */
function OtherMembership() {
  const text = useText();
  const { data: me } = useMe();
  const choose = useMembershipChoice();
  const others = me?.memberships.filter(({ id }) => id !== currentMembership()) ?? [];
  if (!me || !others.length || me.memberships.length < 2) return null;
  return (
    <NativeSelect
      mb="sm"
      label={text('terms.act-otherwise')}
      value=""
      {...own}
      onChange={(event) => choose(event.currentTarget.value)}
      data={[
        { value: '', label: text('ui.choose') },
        ...others.map((one) => ({ value: one.id, label: membershipLabel(one, text) })),
      ]}
    />
  );
}

function useDecision() {
  const navigate = useNavigate();
  const signOut = useSignOut();
  const onError = async (error: unknown) => {
    if (!isFailure(error)) throw error;
    // The text has changed, or is not asked any more: what is to be read now is loaded.
    if (error.status === 409) await queryClient.invalidateQueries({ queryKey: answerOf(getMyTerms).queryKey });
    if (error.status === 401) signOut();
  };
  const accept = useMutation({
    mutationFn: (body: { version: string; language: Language }) => call(acceptTerms, { body }),
    onSuccess: goOn,
    onError,
  });
  const reject = useMutation({
    mutationFn: (body: { version: string; language: Language }) => call(rejectTerms, { body }),
    onSuccess: async () => {
      await navigate({ to: '/sign-in', search: {} as never, replace: true, ignoreBlocker: true });
      leaveSession();
    },
    onError,
  });
  const error = accept.error ?? reject.error;
  return { accept, reject, refusal: isFailure(error) ? error.title : null };
}

/** The page behind is as it was; what it had asked for is asked for again. */
function goOn(me: Me): void {
  rememberMembership(me.acting?.membershipId ?? null);
  queryClient.setQueryData(answerOf(getMe).queryKey, me);
  showAs(me);
  settleTerms(true);
}

async function resume(): Promise<void> {
  goOn(await queryClient.fetchQuery({ ...answerOf(getMe), staleTime: 0 }));
}
