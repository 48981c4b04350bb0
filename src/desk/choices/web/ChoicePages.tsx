import { MembersButton } from '../../groups/web/MembersButton.tsx';
import { QueueNotice } from '../../groups/web/QueueNotice.tsx';
import { ChoicesPage } from './ChoicesPage.tsx';
import { assignmentGroups, categories, locations } from './choiceKinds.ts';

export function CategoriesPage() {
  return <ChoicesPage kind={categories} />;
}

export function LocationsPage() {
  return <ChoicesPage kind={locations} />;
}

export function AssignmentGroupsPage() {
  return (
    <ChoicesPage kind={assignmentGroups} above={<QueueNotice />} more={(group) => <MembersButton group={group} />} />
  );
}
