import { Button, FileButton, Group } from '@mantine/core';
import { IconPhotoUp } from '@tabler/icons-react';
import { removeLogo, setLogo } from '../../../selfservice/branding/branding.api.ts';
import { Section } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import type { Tenant } from '../../tenants/tenants.api.ts';

const mostBytes = 200_000;

/** The picture that heads the pages of the tenant's people. */
export function LogoSection({ tenant }: { tenant: Tenant }) {
  const text = useText();
  const set = useAct(setLogo, ['organization']);
  const remove = useAct(removeLogo, ['organization']);
  const params = { slug: tenant.slug };
  const upload = async (file: File | null) => {
    if (!file) return;
    if (file.size > mostBytes) return showToast(text('tenant.logo.too-large'), 'failed');
    const body = { picture: await base64Of(file) };
    set.mutate({ params, body }, { onSuccess: () => showToast(text('tenant.logo.set')) });
  };
  return (
    <Section title={text('tenant.logo')} lead={text('tenant.logo.lead')}>
      <Group gap="xs">
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => void upload(file)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              leftSection={<IconPhotoUp size={18} aria-hidden />}
              loading={set.isPending}
            >
              {text('tenant.logo.choose')}
            </Button>
          )}
        </FileButton>
        <Button
          variant="subtle"
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate({ params }, { onSuccess: () => showToast(text('tenant.logo.removed')) })}
        >
          {text('tenant.logo.remove')}
        </Button>
      </Group>
    </Section>
  );
}

/** What stands behind the comma of a data address. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
