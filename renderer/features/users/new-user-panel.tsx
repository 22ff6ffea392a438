import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { useState, type SubmitEvent } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { AccountId } from '../../../shared/model/ids.ts';
import { ROLE_USER } from '../../../shared/model/role.ts';
import { checkUser } from '../../../shared/model/user-rules.ts';
import { displayNameOf, type UserFormField, type UserForm } from '../../../shared/model/user.ts';
import { useAccountChoices } from '../../client/use-account-choices.ts';
import { useCommand } from '../../client/use-command.ts';
import { usePermission } from '../../client/use-session.ts';
import { afterSaving, LeaveGuard } from '../../components/leave-guard.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { useNotices } from '../../state/notices.ts';
import { leaveText } from '../../text/leave-text.ts';
import { userText } from '../../text/users-text.ts';
import { welcomeText } from '../../text/welcome-text.ts';
import { UserFieldsForm } from './user-fields-form.tsx';
import { UserPanelLayout } from './user-panel-layout.tsx';
import { UserProblemAlert } from './user-problem-alert.tsx';

const blank: UserForm = {
  firstName: '',
  lastName: '',
  name: '',
  email: '',
  mobile: '',
  extension: '',
  role: ROLE_USER,
};
const REQUIRED: readonly UserFormField[] = ['firstName', 'lastName', 'email'];

/** USR-2. */
export function NewUserPanel() {
  const accountId = useParams()['accountId'] as AccountId;
  const [values, setValues] = useState<UserForm>(blank);
  const [isChecked, setChecked] = useState(false);
  const [welcome, setWelcome] = useState(true);
  const navigate = useNavigate();
  const mayAdd = usePermission('users.add');
  const { country, roles } = useAccountChoices(accountId);
  const noticed = useNotices((notices) => notices.noticed);
  const { run, isRunning, outcome, fault } = useCommand('users.add');
  const isTouched = values !== blank;

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
        noValidate
        onSubmit={(event) => void onSubmit(event)}
        sx={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}
      >
        <Box
          sx={{ flex: 1, minHeight: 0, overflow: 'auto', p: 2, display: 'grid', gap: '14px', alignContent: 'start' }}
        >
          {!mayAdd && <Alert severity="info">{userText.noAdd}</Alert>}
          <UserProblemAlert accountId={accountId} outcome={outcome} fault={fault} />
          <UserFieldsForm
            // The country of the account arrives after the first render and is the default of the number field.
            key={country}
            values={values}
            problems={isChecked ? checkUser(values) : []}
            isReadOnly={!mayAdd}
            locked={[]}
            lockReason=""
            required={REQUIRED}
            roles={roles}
            country={country}
            onEdit={(field, value) => setValues((before) => ({ ...before, [field]: value }))}
          />
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
