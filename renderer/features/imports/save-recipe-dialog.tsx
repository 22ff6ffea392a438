import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type SubmitEvent } from 'react';
import { RECIPE_NAME_LENGTH } from '../../../shared/model/import-recipe.ts';
import { ROLE_ACCOUNT_ADMIN, ROLE_USER, roleLabel } from '../../../shared/model/role.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useCommand } from '../../client/use-command.ts';
import { focusOnMount } from '../../components/focus-on-mount.ts';
import { useNotices } from '../../state/notices.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { fixSentence, recipesText } from '../../text/recipes-text.ts';
import type { ImportHeader } from './import-header.ts';
import { RecipeContent } from './recipe-content.tsx';

const ROLES = [roleLabel(ROLE_USER), roleLabel(ROLE_ACCOUNT_ADMIN)];

/** IMP-13: keeps how this import was read and repaired, under a name. */
export function SaveRecipeDialog({ header, onClose }: { readonly header: ImportHeader; readonly onClose: () => void }) {
  const { data: draft } = useEngineQuery('recipes.draft', { importId: header.id });
  const [name, setName] = useState('');
  const [withExisting, setWithExisting] = useState(true);
  const [without, setWithout] = useState<ReadonlySet<number>>(new Set());
  const [defaultRole, setDefaultRole] = useState('');
  const { run, isRunning, outcome, fault, reset } = useCommand('recipes.save');
  const noticed = useNotices((notices) => notices.noticed);
  const refusal = outcome?.ok === false ? outcome.refusal : null;
  const isTaken = refusal?.code === 'recipe.name-taken';
  const problem = problemSentence({ outcome, fault });
  const isAboutName = refusal?.code.startsWith('recipe.') === true;

  const save = async (isReplacing: boolean): Promise<void> => {
    const saved = await run({
      ...{ importId: header.id, name, isReplacing, withExisting, withoutFixes: [...without] },
      defaultRole: defaultRole === '' ? null : defaultRole,
    });
    if (!saved?.ok) return;
    noticed(recipesText.saved(name.trim()), 'success');
    onClose();
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') void save(false);
  };
  const toggle = (index: number): void =>
    setWithout(
      (before) => new Set(before.has(index) ? [...before].filter((one) => one !== index) : [...before, index]),
    );
  return (
    <Dialog open fullWidth maxWidth="sm" onClose={onClose} aria-labelledby="save-recipe-title">
      <Box component="form" onSubmit={onSubmit} sx={{ display: 'contents' }}>
        <DialogTitle id="save-recipe-title">{recipesText.saveTitle}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2 }}>
          <Typography color="textSecondary">{recipesText.saveBody}</Typography>
          {problem && !isAboutName && <Alert severity="error">{problem}</Alert>}
          <TextField
            required
            label={recipesText.name}
            value={name}
            inputRef={focusOnMount}
            error={isAboutName}
            helperText={isAboutName ? problem : recipesText.nameHint}
            onChange={(event) => {
              setName(event.target.value);
              reset();
            }}
            slotProps={{ htmlInput: { maxLength: RECIPE_NAME_LENGTH }, formHelperText: { role: 'status' } }}
          />
          {draft ? (
            <>
              <RecipeContent content={draft} hasRepairs={false} />
              <Box component="fieldset" sx={{ display: 'grid', m: 0, p: 0, border: 0, minWidth: 0 }}>
                <Typography component="legend" sx={{ fontWeight: 600, p: 0 }}>
                  {recipesText.repairs}
                </Typography>
                <Kept
                  label={recipesText.keepExisting(header.existing)}
                  isKept={withExisting}
                  onToggle={() => setWithExisting((isKept) => !isKept)}
                />
                {draft.fixes.map((fix, index) => (
                  <Kept
                    key={JSON.stringify(fix)}
                    label={fixSentence(fix)}
                    isKept={!without.has(index)}
                    onToggle={() => toggle(index)}
                  />
                ))}
                {draft.fixes.length === 0 && <Typography color="textSecondary">{recipesText.noRepairs}</Typography>}
              </Box>
              <TextField
                select
                label={recipesText.defaultRole}
                value={defaultRole}
                onChange={(event) => setDefaultRole(event.target.value)}
                slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
              >
                <MenuItem value="">{recipesText.defaultRoleAsIs}</MenuItem>
                {ROLES.map((role) => (
                  <MenuItem key={role} value={role}>
                    {role}
                  </MenuItem>
                ))}
              </TextField>
            </>
          ) : (
            <Skeleton variant="rounded" height={180} />
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{recipesText.cancel}</Button>
          {isTaken && (
            <Button color="warning" variant="outlined" onClick={() => void save(true)}>
              {recipesText.replaceNamed(String(refusal.details?.['name'] ?? name))}
            </Button>
          )}
          <Button type="submit" variant="contained" loading={isRunning} disabled={name.trim() === '' || !draft}>
            {recipesText.save}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}

type KeptProps = { readonly label: string; readonly isKept: boolean; readonly onToggle: () => void };

function Kept({ label, isKept, onToggle }: KeptProps) {
  return (
    <FormControlLabel
      control={<Checkbox size="small" checked={isKept} onChange={onToggle} />}
      label={label}
      sx={{ overflowWrap: 'anywhere' }}
    />
  );
}
