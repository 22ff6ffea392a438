import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { useRef, useState, type SubmitEvent } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { AccountId } from '../../../shared/model/ids.ts';
import { ROLE_USER } from '../../../shared/model/role.ts';
import { checkUser } from '../../../shared/model/user-rules.ts';
import { displayNameOf, NO_USER_FORM, type UserFormField, type UserForm } from '../../../shared/model/user.ts';
import { useAccountChoices } from '../../client/use-account-choices.ts';
import { useCommand } from '../../client/use-command.ts';
import { usePermission } from '../../client/use-session.ts';
import { afterSaving, LeaveGuard } from '../../components/leave-guard.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { useNotices } from '../../state/notices.ts';
import { leaveText } from '../../text/leave-text.ts';
import { userText } from '../../text/users-text.ts';
import { welcomeText } from '../../text/welcome-text.ts';
import { useRefusedField } from './refused-field.ts';
import { UserFieldsForm } from './user-fields-form.tsx';
import { UserPanelLayout } from './user-panel-layout.tsx';
import { UserProblemAlert } from './user-problem-alert.tsx';

const blank: UserForm = { ...NO_USER_FORM, role: ROLE_USER };
const REQUIRED: readonly UserFormField[] = ['firstName', 'lastName', 'email'];

/** USR-2. */
export function NewUserPanel() {
  const accountId = useParams()['accountId'] as AccountId;
  const [values, setValues] = useState<UserForm>(blank);
  const [isChecked, setChecked] = useState(false);
  const [welcome, setWelcome] = useState(true);
  const form = useRef<HTMLFormElement>(null);
  const navigate = useNavigate();
  const mayAdd = usePermission('users.add');
  const { country, choices, isRead } = useAccountChoices(accountId);
  const noticed = useNotices((notices) => notices.noticed);
  const { run, isRunning, outcome, fault, reset } = useCommand('users.add');
  const refused = useRefusedField(form, outcome);
  const problems = isChecked ? checkUser(values) : [];
  const isTouched = values !== blank;

  const onEdit = (field: UserFormField, value: string): void => {
    if (field === refused?.field) reset();
    setValues((before) => ({ ...before, [field]: value }));
  };
  const close = (): void => void navigate(`/accounts/${accountId}/users`);
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (checkUser(values).length > 0) return;
    const added = await run({ accountId, fields: values, welcome });
    if (!added?.ok) return;
    noticed(userText.created(displayNameOf(values)), 'success');
    void navigate(`/accounts/${accountId}/users/${added.value.id}`, afterSaving);
  };

  return (
    <UserPanelLayout title={userText.newTitle} onClose={close}>
      <Box
        component="form"
        ref={form}
        noValidate
        onSubmit={(event) => void onSubmit(event)}
        sx={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}
      >
        <Box
          sx={{ flex: 1, minHeight: 0, overflow: 'auto', p: 2, display: 'grid', gap: '14px', alignContent: 'start' }}
        >
          {!mayAdd && <Alert severity="info">{userText.noAdd}</Alert>}
          <UserProblemAlert accountId={accountId} outcome={outcome} fault={fault} />
          {isRead && (
            <UserFieldsForm
              accountId={accountId}
              record={blank}
              values={values}
              problems={refused ? [...problems, refused] : problems}
              isReadOnly={!mayAdd}
              locked={[]}
              lockReason=""
              required={REQUIRED}
              choices={choices}
              country={country}
              onEdit={onEdit}
            />
          )}
          <FormControlLabel
            control={
              <Checkbox checked={welcome} disabled={!mayAdd} onChange={(event) => setWelcome(event.target.checked)} />
            }
            label={welcomeText.withUser}
          />
        </Box>
        <SaveBar
          note=""
          saveLabel={userText.create}
          discardLabel={userText.cancel}
          isSaving={isRunning}
          canSave={mayAdd}
          onDiscard={close}
        />
      </Box>
      <LeaveGuard when={isTouched} text={leaveText} />
    </UserPanelLayout>
  );
}
