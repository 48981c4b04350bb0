// What the check over all tables lets pass, each with its reason. A new line here is a decision: a reviewer reads it.

/** Tables of no tenant: the same for all, or nobody's to read. */
export const untenanted: Record<string, string> = {
  'platform.installation': 'which installation this is',
  'platform.migrations': 'what the runner has applied',
  'tenancy.solution': 'the switch and the options of the whole solution',
  'tenancy.closure': 'the hierarchy; read by security definer functions only',
  'tenancy.reference_pairs': 'pairs of owners; kept by triggers, read by security definer functions only',
  'tenancy.owned_tables': 'the catalogue of tables',
  'tenancy.reference_fields': 'the catalogue of reference fields',
  'tenancy.usage': 'figures of calls; written and read by security definer functions only',
  'platform.audit_sealing': 'how far the audit is sealed; written by platform.seal_audit only',
  'identity.sign_in_attempts': 'counted for names that exist nowhere, too; read by sign-in only',
  'identity.first_run_links': 'before there is any tenant; read by sign-in only',
  'platform.signing_keys': 'R8.7: the installation’s; read when it signs, by nobody who acts',
};

/** What each untenanted table gives, beside nothing: `grantee: privileges`. */
export const untenantedGrants: Record<string, string[]> = {
  'platform.installation': ['app: select', 'everyone: select', 'system: select'],
  'platform.migrations': ['system: select'],
  'tenancy.solution': ['app: select', 'everyone: select', 'system: select'],
  'tenancy.owned_tables': ['everyone: select', 'system: select'],
  'tenancy.reference_fields': ['everyone: select', 'system: select'],
  'platform.audit_sealing': ['everyone: select', 'system: select'],
  'identity.sign_in_attempts': ['system: delete, insert, select, update'],
  'identity.first_run_links': ['system: delete, insert, select, update'],
  'platform.signing_keys': ['system: insert, select'],
};

/** What sign-in, the queue and start-up may do without a person, on owned tables. */
export const systemGrants: Record<string, string> = {
  'tenancy.tenants': 'select',
  'identity.people': 'insert, select, update',
  'identity.contacts': 'insert, select, update',
  'identity.roles': 'select',
  'identity.memberships': 'insert, select, update',
  'identity.passwords': 'delete, insert, select, update',
  'identity.sessions': 'delete, insert, select, update',
  'identity.tokens': 'delete, insert, select, update',
  'identity.links': 'delete, insert, select, update',
  'identity.invitations': 'delete, select',
  'catalog.requests': 'select, update',
  'catalog.tasks': 'select, update',
  'catalog.request_entries': 'insert',
  'tenancy.fulfilled_parts': 'select',
  'tenancy.exposure_previews': 'delete, select',
  'platform.audit_entries': 'insert, select',
  'platform.idempotency_keys': 'delete, select',
};

const writers = (rights: string) => ['writes_all', 'writes_one', 'writes_set'].map((role) => `${role}: ${rights}`);
/** Records that are deactivated, never deleted, because others name them. */
const noDelete = ['everyone: select', ...writers('insert, update')];
/** What was said and done stays as it was. */
const insertOnly = ['everyone: select', ...writers('insert')];

/** Owned tables whose grants are narrower than their class's (columns in parentheses). */
export const ownGrants: Record<string, string[]> = {
  'platform.audit_entries': ['everyone: insert, select'],
  // Written by tenancy.note_ahead alone.
  'tenancy.refusals_ahead': ['everyone: select'],
  // Written by platform.record_reads and platform.seal_audit alone.
  'platform.read_windows': ['everyone: select'],
  'platform.audit_links': ['everyone: select'],
  'platform.audit_seals': ['everyone: select'],
  'platform.audit_heads': ['everyone: select'],
  'identity.people': noDelete,
  'identity.contacts': noDelete,
  'identity.roles': noDelete,
  'identity.memberships': noDelete,
  'identity.assignment_groups': noDelete,
  'identity.terms_statements': noDelete,
  'identity.terms_versions': insertOnly,
  // R8.4: written by identity.decide_terms alone.
  'identity.consents': ['everyone: select'],
  'desk.categories': noDelete,
  'desk.locations': noDelete,
  'desk.tickets': noDelete,
  'desk.comments': insertOnly,
  'desk.ticket_changes': insertOnly,
  'desk.ticket_aliases': insertOnly,
  // Read by desk.search_tickets alone, written by triggers.
  'desk.ticket_searches': [],
  // No secret is readable, whatever a role allows (T-31).
  'identity.passwords': [],
  'identity.sessions': writers('delete, select (owner_id, id, person_id)'),
  'identity.tokens': writers('delete, select (owner_id, id, membership_id)'),
  'identity.links': writers('delete, insert, select (owner_id, id, purpose, expires_at, used_at, person_id)'),
  'identity.invitations': [
    'everyone: select (owner_id, id, address, address_key, inviter_membership_id, created_at, expires_at, role_owner_id, role_id)',
    ...writers('delete, insert'),
  ],
};

/** Policies beyond those of the class. Restrictive ones narrow; a permissive one opens, and says what. */
export const furtherPolicies: Record<string, string> = {
  'tenancy.tenants named_only_when_seen': 'R1.3: restrictive; tenants do not exist for whom the switch is off',
  'tenancy.tenants never_reserved': 'restrictive; reserved owners are no tenants',
  'tenancy.tenants administered_insert': 'R2.7: restrictive; for people of the provider who administer tenants',
  'tenancy.tenants administered_update': 'R2.7: restrictive; the same',
  'tenancy.tenants administered_delete': 'R2.7: restrictive; the same',
  'tenancy.groups tenant_in_reach_one': 'R5.4: restrictive; system groups are called like their tenants',
  'tenancy.groups tenant_in_reach_set': 'R5.4: restrictive; the same',
  'tenancy.group_members tenant_in_reach_one': 'R5.4: restrictive; members are tenants',
  'tenancy.group_members tenant_in_reach_set': 'R5.4: restrictive; the same',
  'desk.comments internal': 'restrictive; internal comments do not exist without the function ticket.read-internal',
  'desk.ticket_changes internal':
    'restrictive; internal changes do not exist without the function ticket.read-internal',
  'platform.audit_entries in_own_name': 'R11.1: permissive; whoever acts records it, in their own name (T-17)',
  'platform.audit_entries system_records': 'permissive; sign-in records what nobody who is signed in did',
  'platform.audit_entries system_reads': 'permissive; sign-in reads what it has recorded',
};

/** What those of them say that open a path to whoever acts. */
export const openings: Record<string, string> = {
  'platform.audit_entries in_own_name':
    "permissive | insert | everyone |  | ((actor_membership_id = (NULLIF(current_setting('app.membership'::text, true), ''::text))::uuid) AND (actor_person_id = (NULLIF(current_setting('app.person'::text, true), ''::text))::uuid))",
};

/** R5.9: tables whose rows a role with a narrow scope does not all see: the records that have a scope, and their parts. */
export const narrowed = [
  'catalog.requests',
  'catalog.approvals',
  'catalog.tasks',
  'catalog.request_entries',
  'desk.tickets',
  'desk.watchers',
  'desk.comments',
  'desk.ticket_changes',
  'desk.ticket_aliases',
];

/** Policies of the class that a table does without. */
export const droppedPolicies: Record<string, string> = {
  'tenancy.tenants open_insert':
    'R9.4: a tenant’s own record stays open while it is not active, or it could never become so',
  'tenancy.tenants open_update': 'R9.4: the same',
  'tenancy.tenants open_delete': 'R9.4: the same; tenancy.keep_tenant refuses to delete',
};

/** Keys between owned tables that are not reference fields. */
export const otherKeys: Record<string, string> = {
  'identity.contacts contact_person_unknown': 'R5.6: a person may belong to any tenants, so no line limits it',
  'tenancy.tenants tenant_parent_unknown': 'the hierarchy itself',
  'tenancy.groups group_tenant_unknown': 'a system group names its tenant; it is the provider’s',
  'tenancy.group_members group_member_unknown': 'a member of a group is any tenant; the row is the provider’s',
  'identity.roles read_tenant_unknown': 'R5.2: a named tenant; it grants nothing wider than the granter’s (R5.5)',
  'identity.roles write_tenant_unknown': 'R5.2: the same, for writing',
};

/** Keys of the tables that hold the hierarchy and the catalogue: what the keys of everything else rest on. */
export const foundingKeys: Record<string, string> = {
  'tenancy.closure closure_ancestor_unknown': 'R3: the hierarchy is of tenants',
  'tenancy.closure closure_descendant_unknown': 'R3: the hierarchy is of tenants',
  'tenancy.reference_pairs pair_owner_unknown': 'R6.3: a pair is of owners that exist',
  'tenancy.reference_pairs pair_target_unknown': 'R6.3: the same',
  'tenancy.reference_pairs reference_outside_the_line': 'R6.4: no pair outlives the line that it rests on',
  'tenancy.reference_fields reference_field_table_unknown': 'the catalogue names walled tables',
  'tenancy.reference_fields reference_field_target_unknown': 'the catalogue names walled tables',
};

/** Checks that tenancy rests on, beside those of whole references. */
export const foundingChecks: Record<string, string> = {
  'tenancy.groups groups_are_the_providers': 'R3.5: groups are the provider’s',
  'tenancy.groups group_tenant_whole': 'R3.6: a system group is of a tenant, and no other is',
  'selfservice.brandings logo_whole': 'a picture has its kind, or there is neither',
  'identity.roles write_wider_than_read': 'R5.2: write is never wider than read',
  'tenancy.tenants provider_has_no_parent': 'R2.4: the provider has no parent',
  'tenancy.tenants provider_stays_active': 'R2.4: the provider cannot be deactivated',
  'tenancy.tenants provider_has_no_limits': 'the provider could lock itself out of changing its own',
};

/** Triggers beside those of pairs and of records without a tenant, and what would be possible without each. */
export const triggers: Record<string, string> = {
  'desk.comments comments_1_words': 'R5.4: what is said could not be found',
  'desk.tickets tickets_1_words': 'R5.4: search would find what a ticket said before',
  'identity.consents consents_1_keep': 'R8.4: a consent could be altered',
  'identity.consents consents_2_keep': 'R8.4: consents could be emptied',
  'identity.contacts contacts_3_administrator': 'the last administrator could be deactivated',
  'identity.contacts contacts_4_follow': 'R5.10: other tenants would show an old name',
  'identity.invitations invitations_1_grant': 'R5.5: an invitation could give more than one has',
  'identity.memberships memberships_0_beyond': 'R5.5: it would not be known for whom a role was given',
  'identity.memberships memberships_1_grant': 'R5.5: a membership could give more than one has',
  'identity.memberships memberships_2_ended': 'R5.8: an ended membership could come back',
  'identity.memberships memberships_3_administrator': 'the last administrator’s membership could end',
  'identity.people people_3_administrator': 'the last administrator could be deactivated',
  'identity.roles roles_1_check': 'R5.5, R5.11: a role could be made wider than its maker’s',
  'identity.terms_versions terms_versions_1_hash': 'R8.4: a version would have no hash',
  'identity.terms_versions terms_versions_2_keep': 'R8.1: a published text could be altered',
  'identity.terms_versions terms_versions_3_keep': 'R8.1: published texts could be emptied',
  'platform.audit_entries keep_chain': 'R11.1: an entry could be moved into another chain',
  'platform.audit_heads keep_chain': 'R11.1: a head could be moved to another chain',
  'platform.audit_links keep_chain': 'R11.1: a link could be moved to another chain',
  'platform.audit_seals keep_chain': 'R11.1: a seal could be moved to another chain',
  'tenancy.tenants tenants_1_check': 'R2, R3: the hierarchy could have circles, or be too deep',
  'tenancy.tenants tenants_1_keep': 'R9.1: a tenant could be deleted, and its id used again',
  'tenancy.tenants tenants_2_closure': 'R3: reaches would not follow the hierarchy',
  'tenancy.tenants tenants_2_terms': 'R6.6, R8.2: a statement that is let go would leave a choice that is none',
  'tenancy.groups status_in_reach': 'R5.5: who does not see all members would give and take sight of them',
  'tenancy.tenants tenants_3_groups': 'R3.6: a tenant would have no groups of its own',
};

/** Tables that take records of no tenant in every state of the switch. */
export const everUnowned: Record<string, string> = {
  'tenancy.tenants': 'the record of the reserved owner itself',
  'tenancy.series': 'numbers of the reserved owner go on',
};

/** Functions that work with the rights of the owning login, behind every wall. */
export const securityDefiners: Record<string, string> = {
  'catalog.queued_of':
    'counts the queue over all tenants, whose order is the answer; who has a narrow scope queues, too',
  'catalog.approvers': 'R4.3: counts who could approve, in tenants that the asker may not see',
  'desk.index_changed_ticket': 'keeps the words to search by, which nobody writes directly',
  'desk.index_commented_ticket': 'keeps the words to search by, which nobody writes directly',
  'desk.index_ticket': 'keeps the words to search by, which nobody writes directly',
  'desk.move_sight':
    'R7.3: counts people of both tenants by their roles; answers only for tenants that whoever asks reads',
  'desk.search_tickets':
    'search indexes do not work behind policies; answers keys in the scope of the settings, no more',
  'desk.tickets_since': 'how far back so many of everybody’s tickets reach, for a list to stop at; answered to nobody',
  'desk.watched': 'R5.9: whether the acting contact watches a ticket, inside the ticket’s own policy',
  'identity.assignment_group_label': 'R5.4: a legal reference shows its label, even out of reach',
  'identity.make_provider_home': 'R5.10: passwords and links are read by nobody; refuses all but those who import',
  'identity.is_acting_person': 'R4.3: says only whether it is oneself',
  'identity.acts_for_provider': 'asks only for whom one acts',
  'identity.mark_beyond': 'R5.5: notes for whom one acts, whatever the statement says',
  'identity.shown_name': 'R5.4: the group of whom the reader cannot read',
  'identity.contact_label': 'R5.4: a legal reference shows its label, even out of reach',
  'identity.check_grant': 'R5.5: judges roles and hierarchy that the granter may not see',
  'identity.check_role': 'R5.5: judges groups that the editor may not see',
  'identity.excess': 'R5.5: compares reaches over the whole hierarchy',
  'identity.excess_of': 'R5.5: compares reaches over the whole hierarchy',
  'identity.refuse_excess': 'R5.5: compares reaches over the whole hierarchy',
  'identity.follow_home_contact': 'R5.10: other tenants’ contacts follow the home tenant’s',
  'identity.keep_administrator': 'counts the administrators of all tenants',
  'identity.decide_terms': 'R8.4: the ledger of consents is writable by nobody',
  'identity.terms_in_force': 'R8.3: looks up the line, also where it is out of reach',
  'identity.terms_waiting': 'R10.5: what is asked under a membership, whoever explains it',
  'identity.terms_of': 'R8.3: what is asked before there is a scope',
  'identity.mark_used': 'sessions and tokens are readable by nobody',
  'platform.record_reads': 'R11.1: who reads another tenant’s records cannot write there; no login may alter a window',
  'platform.close_read_windows': 'R11.1: no login may alter a window',
  'platform.seal_audit': 'R11.1: no login of the program may write the chain',
  'selfservice.logo': 'R10.1: one’s own organization’s picture, whatever the reach',
  'selfservice.organization': 'R10.1: one’s own organization by name and formats, whatever the reach',
  'tenancy.acts_with': 'whether whoever acts may do what the functions below do across all walls',
  'tenancy.assign_unowned': 'R1.6: gives what has no tenant to the provider; refuses all but solution.administer',
  'tenancy.plan_assignment': 'R1.6: looks at records of all tenants; refuses all but those who assign them',
  'tenancy.preview_assignment': 'R1.6: the plan in figures; refuses all but those who assign records to tenants',
  'tenancy.note_ahead': 'R1.4: the report is writable by nobody, and about records out of reach',
  'tenancy.crossing_counts': 'R6.6: counts over all references; answers nothing to all but those who assign',
  'tenancy.assign': 'R1.6: gives records to tenants across all walls; refuses all but those who assign them',
  'tenancy.unassigned': 'R1.4: counts what has no tenant; answers nothing to all but those who assign it',
  'tenancy.unknown_targets': 'R1.6: tenants are named in off by nobody; answers nothing to all but those who assign',
  'tenancy.crossings': 'R6.6: looks at all references; answers nothing to all but solution.administer',
  'tenancy.resolve_crossing': 'reaches across the walls, for administrators of the solution alone',
  'tenancy.resolve_crossings': 'R6.6: changes references of all tenants; refuses all but solution.administer',
  'tenancy.exposure': 'R1.7: counts over all tenants; answers nothing to all but solution.administer',
  'tenancy.line_change': 'the closure is readable by nobody; asked by the two below',
  'tenancy.stranded_references': 'R3.4: looks at all references; answers nothing to all but tenant.administer',
  'tenancy.sight_changes': 'R3.4: counts over all tenants; answers nothing to all but tenant.administer',
  'tenancy.exchange_usage': 'the figures are readable and writable by nobody',
  'tenancy.usage_of': 'the figures are readable by nobody; answers nothing of tenants that whoever asks does not read',
  'tenancy.own_limits': 'R1.3: one’s own, also while tenants do not exist for whoever asks',
  'tenancy.lock_switch': 'the switch is writable by nobody',
  'tenancy.turn_on': 'the switch is writable by nobody; refuses all but solution.administer',
  'tenancy.enter_setup': 'the switch is writable by nobody; refuses all but solution.administer',
  'tenancy.turn_off': 'the switch is writable by nobody; refuses all but solution.administer',
  'tenancy.set_options': 'the options are writable by nobody; refuses all but solution.administer',
  'tenancy.names_in_use': 'R2.2: keys are unique over all tenants; answers nothing to all but tenant.administer',
  'tenancy.next_number': 'series are counted under a lock that no reach decides',
  'tenancy.below': 'the closure is readable by nobody',
  'tenancy.key_of': 'the letters of a record’s number, which are part of its label (R5.4)',
  'tenancy.reads_tenant': 'the closure and the members of groups are readable by nobody; granted to nobody either',
  'tenancy.line_of': 'the closure is readable by nobody',
  'tenancy.check_unassigned': 'asks the switch, whoever makes the record',
  'tenancy.check_tenant': 'the rules of the hierarchy look at all of it',
  'tenancy.keep_closure': 'the closure is writable by nobody',
  'tenancy.check_group_status': 'R5.5: judges members that who acts may not see',
  'tenancy.make_system_groups': 'groups are the provider’s',
  'tenancy.members_of': 'groups are the provider’s',
  'tenancy.note_pair': 'pairs are writable by nobody',
  'tenancy.scope_of': 'R5.8: turns a credential into a scope, before there is one',
  'tenancy.tenant_label': 'R10.1: one’s own organization by name',
};
