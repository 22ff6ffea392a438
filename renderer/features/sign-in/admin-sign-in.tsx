import Visibility from '@mui/icons-material/VisibilityOutlined';
import VisibilityOff from '@mui/icons-material/VisibilityOffOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useState, type SubmitEvent } from 'react';
import { useCommand } from '../../client/use-command.ts';
import { IconAction } from '../../components/icon-action.tsx';
import { problemSentence } from '../../text/problem-sentence.ts';
import { signInText } from '../../text/sign-in-text.ts';
import { focusOnMount } from '../../components/focus-on-mount.ts';

const ACCOUNT_NUMBER = /^\d{9}$/u;

/** SES-1: e-mail and password; the account number only when the e-mail address exists in several accounts. */
export function AdminSignIn() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [accountNumber, setAccountNumber] = useState('');
  const [isNumberAsked, setNumberAsked] = useState(false);
  const [isVisible, setVisible] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const { run, isRunning, outcome, fault } = useCommand('session.signInAdmin');
  const digits = accountNumber.replaceAll(/\s/gu, '');
  const isNumberWrong = isNumberAsked && !ACCOUNT_NUMBER.test(digits);

  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (email.trim() === '' || password === '' || isNumberWrong) return;
    const result = await run({ email: email.trim(), password, ...(isNumberAsked ? { accountNumber: digits } : {}) });
    if (result?.ok === false && result.refusal.code === 'session.account-number-needed') {
      setNumberAsked(true);
      setChecked(false);
    }
  };
  const isQuestion = outcome?.ok === false && outcome.refusal.code === 'session.account-number-needed';
  const problem = problemSentence({ outcome, fault });

  return (
    <Box component="form" noValidate onSubmit={(event) => void onSubmit(event)} sx={{ display: 'grid', gap: 1.5 }}>
      {problem && <Alert severity={isQuestion ? 'info' : 'error'}>{problem}</Alert>}
      <TextField
        label={signInText.email}
        type="email"
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={isChecked && email.trim() === ''}
        helperText={isChecked && email.trim() === '' ? signInText.required : undefined}
      />
      <TextField
        label={signInText.password}
        type={isVisible ? 'text' : 'password'}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={isChecked && password === ''}
        helperText={isChecked && password === '' ? signInText.required : undefined}
        slotProps={{
          input: {
            endAdornment: (
              <InputAdornment position="end">
                <IconAction
                  label={isVisible ? signInText.hidePassword : signInText.showPassword}
                  edge="end"
                  onClick={() => setVisible((visible) => !visible)}
                >
                  {isVisible ? <VisibilityOff fontSize="small" /> : <Visibility fontSize="small" />}
                </IconAction>
              </InputAdornment>
            ),
          },
        }}
      />
      {isNumberAsked && (
        <TextField
          label={signInText.accountNumber}
          value={accountNumber}
          inputRef={focusOnMount}
          onChange={(event) => setAccountNumber(event.target.value)}
          error={isChecked && isNumberWrong}
          helperText={isChecked && isNumberWrong ? signInText.accountNumberInvalid : signInText.accountNumberNote}
          slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 11 } }}
        />
      )}
      <Button type="submit" variant="outlined" size="medium" loading={isRunning}>
        {signInText.next}
      </Button>
    </Box>
  );
}
