import { CloseButton, Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useUiText } from '../text.ts';
import css from './PickRecord.module.css';

export interface Pickable {
  value: string;
  label: string;
  /** Tells equal names apart: the path of a tenant, the address of a person. */
  detail?: string;
}

/** What somebody did to a field that stood in this one's place until it was loaded. */
export interface Begun {
  /** Undefined when nothing was typed. */
  text: string | undefined;
  opened: boolean;
}

interface PickRecordProps {
  label: string;
  labelHidden?: boolean;
  hint?: ReactNode;
  error?: string;
  required?: boolean;
  disabled?: boolean;
  name?: string;
  placeholder?: string;
  value: Pickable | null;
  change: (picked: Pickable | null) => void;
  /** Answers the first few that match; is asked again as the text changes. */
  find: (text: string) => Promise<readonly Pickable[]>;
  /** Names what is searched, for the cache. */
  kind: string;
  clearable?: boolean;
  /** Opens beside its input instead of at the end of the page: where nothing around it scrolls. */
  inPlace?: boolean;
  /** Takes over the focus, and what was typed. */
  begun?: Begun | undefined;
}

/** Search-first choice among records of which there may be thousands. */
export function PickRecord(props: PickRecordProps) {
  const { value, change, kind, label, clearable = true } = props;
  const text = useUiText();
  const [typed, setTyped] = useState<string | null>(props.begun?.text || null);
  const searched = useSettled(typed ?? '');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setTyped(null);
    },
  });
  const field = useBegun(props.begun, combobox.openDropdown);
  const found = useQuery({
    queryKey: ['pick', kind, searched],
    queryFn: () => props.find(searched),
    enabled: combobox.dropdownOpened,
    staleTime: 10_000,
    // What was pointed at stays pointed at, while it still fits.
    placeholderData: (before, query) => (query?.queryKey[1] === kind ? before : undefined),
  });
  const current = searched === (typed ?? '') && !found.isPlaceholderData;
  // Until the answer to what was typed is there, nothing may be chosen that does not fit it.
  const options = (found.data ?? []).filter(({ label }) => current || contains(label, typed ?? ''));
  return (
    <Combobox
      store={combobox}
      withinPortal={!props.inPlace}
      onOptionSubmit={(picked) => {
        change(options.find((option) => option.value === picked) ?? null);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          ref={field}
          label={props.labelHidden ? undefined : label}
          aria-label={props.labelHidden ? label : undefined}
          description={props.hint}
          error={props.error}
          required={props.required}
          disabled={props.disabled}
          name={props.name}
          autoComplete="off"
          placeholder={props.placeholder ?? text('ui.type-to-search')}
          value={typed ?? value?.label ?? ''}
          onFocus={(event) => event.currentTarget.select()}
          // It chooses here, and sends no form that is not filled in yet.
          onKeyDown={(event) => event.key === 'Enter' && combobox.dropdownOpened && event.preventDefault()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          rightSectionPointerEvents="all"
          rightSection={pickerButton({
            busy: found.isFetching,
            value,
            clearable,
            clear: () => change(null),
            name: text('ui.clear-named', { label }),
          })}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={label} mah={280} className={css.options}>
          {options.map((option) => (
            <Combobox.Option key={option.value} value={option.value} active={option.value === value?.value}>
              <span className={css.label}>{option.label}</span>
              {option.detail && <span className={css.detail}>{option.detail}</span>}
            </Combobox.Option>
          ))}
          {!options.length && (
            <Combobox.Empty>{text(emptyTextOf(found.isFetching || !current, found.isError))}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function emptyTextOf(busy: boolean, failed: boolean) {
  if (busy) return 'ui.searching';
  return failed ? 'ui.search-failed' : 'ui.nothing-found';
}

function pickerButton({
  busy,
  value,
  clearable,
  clear,
  name,
}: {
  busy: boolean;
  value: Pickable | null;
  clearable: boolean;
  clear: () => void;
  name: string;
}) {
  if (busy) return <Loader size={16} />;
  if (value && clearable)
    return <CloseButton size="sm" aria-label={name} onMouseDown={(event) => event.preventDefault()} onClick={clear} />;
  return <Combobox.Chevron />;
}

function contains(label: string, typed: string): boolean {
  return label.toLocaleLowerCase().includes(typed.toLocaleLowerCase());
}

/** The field that was in this one's place is gone with its focus: this one takes it, with the caret behind what was typed. */
function useBegun(begun: Begun | undefined, open: () => void): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it takes the place
  useEffect(() => {
    if (!begun) return;
    field.current?.focus();
    if (begun.text) field.current?.setSelectionRange(begun.text.length, begun.text.length);
    if (begun.opened) open();
  }, []);
  return field;
}

/** The text a moment after it stopped changing. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 180);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
