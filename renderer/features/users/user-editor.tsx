import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import { cellText } from '../../../shared/model/user-choices.ts';
import { checkUserEdit } from '../../../shared/model/user-rules.ts';
import {
  lockedFields,
  USER_FORM_FIELDS,
  type User,
  type UserFormField,
  type UserForm,
} from '../../../shared/model/user.ts';
import { useAccountChoices } from '../../client/use-account-choices.ts';
import { useCommand } from '../../client/use-command.ts';
import { usePendingFields } from '../../client/use-pending-fields.ts';
import { usePermission } from '../../client/use-session.ts';
import { Fact } from '../../components/fact.tsx';
import { FieldNote } from '../../components/field-note.tsx';
import { LeaveGuard } from '../../components/leave-guard.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { emptyDraft, fieldEdited, hasMoved, isDirty, seenValues, type EditDraft } from '../../state/edit-draft.ts';
import { useNotices } from '../../state/notices.ts';
import { leaveText } from '../../text/leave-text.ts';
import { changedMeanwhile, notSent } from '../../text/pending-text.ts';
import { dateTimeText } from '../../text/times.ts';
import { sourceName, usersText, userText } from '../../text/users-text.ts';
import { DeleteUser } from './delete-user.tsx';
import { useRefusedField } from './refused-field.ts';
import { UserFieldsForm } from './user-fields-form.tsx';
import { WelcomeLine } from './welcome-line.tsx';
import { UserProblemAlert } from './user-problem-alert.tsx';

const REQUIRED: readonly UserFormField[] = ['email'];

export function UserEditor({ user }: { readonly user: User }) {
  const [draft, setDraft] = useState<EditDraft<UserForm>>(emptyDraft);
  const form = useRef<HTMLFormElement>(null);
  const mayEdit = usePermission('users.edit');
  const noticed = useNotices((notices) => notices.noticed);
  const { country, choices } = useAccountChoices(user.accountId);
  const pendingFields = usePendingFields(user.accountId, user.id, user.pending !== null);
  const { run, isRunning, outcome, fault, reset } = useCommand('users.edit');
  const refused = useRefusedField(form, outcome);
  const record = formOf(user);
  const values = { ...record, ...draft.changes };
  const wasToldStale = outcome?.ok === false && outcome.refusal.code === 'edit.stale';
  const dirty = isDirty(draft);
  const locked = lockedFields(user.source);
  const problems = checkUserEdit(values);

  const onEdit = (field: UserFormField, value: string): void => {
    if (field === refused?.field) reset();
    setDraft((before) => fieldEdited(before, field, { next: value, shown: values[field] }));
  };
  const onDiscard = (): void => {
    reset();
    setDraft(emptyDraft);
  };
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!dirty || problems.length > 0) return;
    const saved = await run({ id: user.id, changes: draft.changes, seen: seenValues(draft, record, wasToldStale) });
    if (!saved?.ok) return;
    setDraft(emptyDraft);
    noticed(userText.saved, 'success');
  };
  const noteOf = (field: UserFormField): ReactNode => {
    if (hasMoved(draft, record, field)) {
      return <FieldNote label={changedMeanwhile} {...pair(field, draft.seen[field], record[field])} />;
    }
    const pending = pendingFields.get(field);
    return pending && !(field in draft.changes) ? (
      <FieldNote label={notSent} {...pair(field, pending.from, pending.to)} />
    ) : undefined;
  };

  return (
    <Box
      component="form"
      ref={form}
      noValidate
      onSubmit={(event) => void onSubmit(event)}
      sx={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}
    >
      <Box sx={{ flex: 1, minHeight: 0, overflow: 'auto', p: 2, display: 'grid', gap: '14px', alignContent: 'start' }}>
        {!mayEdit && <Alert severity="info">{userText.readOnly}</Alert>}
        {locked.length > 0 && <Alert severity="warning">{userText.lockedWarning(sourceName(user.source))}</Alert>}
        <UserProblemAlert accountId={user.accountId} outcome={outcome} fault={fault} />
        <UserFieldsForm
          accountId={user.accountId}
          record={record}
          values={values}
          problems={refused ? [...problems, refused] : problems}
          isReadOnly={!mayEdit}
          locked={locked}
          lockReason={userText.locked(sourceName(user.source))}
          required={REQUIRED}
          choices={choices}
          country={country}
          onEdit={onEdit}
          noteOf={noteOf}
        />
        <WelcomeLine user={user} />
        <Box
          component="dl"
          sx={{
            m: 0,
            pt: 1,
            display: 'grid',
            gap: 1,
            gridTemplateColumns: '1fr 1fr',
            borderTop: '1px solid',
            borderColor: 'divider',
          }}
        >
          <Fact label={userText.status}>{user.isRegistered ? usersText.registered : usersText.unregistered}</Fact>
          <Fact label={userText.source}>{sourceName(user.source)}</Fact>
          <Fact label={userText.createdOn}>{dateTimeText(user.createdAt) || '–'}</Fact>
          <Fact label={userText.modified}>
            {dateTimeText(user.modifiedAt) || '–'} {user.modifiedBy && `(${user.modifiedBy})`}
          </Fact>
        </Box>
        <DeleteUser user={user} />
      </Box>
      {dirty && (
        <SaveBar
          note={userText.unsaved(Object.keys(draft.changes).length)}
          saveLabel={userText.save}
          discardLabel={userText.cancel}
          isSaving={isRunning}
          canSave={problems.length === 0}
          onDiscard={onDiscard}
        />
      )}
      <LeaveGuard when={dirty} text={leaveText} />
    </Box>
  );
}

function pair(field: UserFormField, from: string | null | undefined, to: string): { from: string; to: string } {
  return { from: cellText(field, from ?? ''), to: cellText(field, to) };
}

function formOf(user: User): UserForm {
  return Object.fromEntries(USER_FORM_FIELDS.map((field) => [field, user[field]])) as UserForm;
}
