import MenuBook from '@mui/icons-material/MenuBookOutlined';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import ListItemText from '@mui/material/ListItemText';
import ListSubheader from '@mui/material/ListSubheader';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { Link } from 'react-router';
import { useEngineQuery } from '../../client/engine-query.ts';
import { recipesText } from '../../text/recipes-text.ts';
import type { ImportHeader } from './import-header.ts';
import { SaveRecipeDialog } from './save-recipe-dialog.tsx';
import type { RecipeUse } from './use-recipe.ts';

/** IMP-13: the recipes that can be used here, and the way to make one of this import. */
export function RecipeMenu({ header, recipe }: { readonly header: ImportHeader; readonly recipe: RecipeUse }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isSaving, setSaving] = useState(false);
  const { data } = useEngineQuery('recipes.list', {});
  const recipes = data?.recipes ?? [];
  const close = (): void => setAnchor(null);
  const entries = (isBuiltIn: boolean) =>
    recipes
      .filter((one) => one.isBuiltIn === isBuiltIn)
      .map(({ id, name }) => (
        <MenuItem
          key={id}
          selected={id === header.recipe?.id}
          onClick={() => {
            close();
            void recipe.use({ id, name });
          }}
        >
          <ListItemText sx={{ '& span': { overflow: 'hidden', textOverflow: 'ellipsis' } }}>{name}</ListItemText>
        </MenuItem>
      ));
  const own = entries(false);
  return (
    <>
      <Button
        variant="outlined"
        startIcon={<MenuBook />}
        loading={recipe.isRunning}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {recipesText.menu}
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        slotProps={{
          // A portal stands outside the landmarks of the page, and a menu is none.
          paper: { component: 'section', 'aria-label': recipesText.menu, sx: { maxWidth: 380, maxHeight: 480 } },
        }}
      >
        {header.state === 'preview' && (
          <MenuItem
            onClick={() => {
              close();
              setSaving(true);
            }}
          >
            {recipesText.saveAs}
          </MenuItem>
        )}
        <MenuItem component={Link} to={`/accounts/${header.accountId}/import/recipes`}>
          {recipesText.manage}
        </MenuItem>
        <Divider />
        {own.length > 0 && <Group>{recipesText.yours}</Group>}
        {own}
        <Group>{recipesText.builtIn}</Group>
        {entries(true)}
      </Menu>
      {isSaving && <SaveRecipeDialog header={header} onClose={() => setSaving(false)} />}
    </>
  );
}

function Group({ children }: { readonly children: string }) {
  return (
    <ListSubheader role="presentation" sx={{ lineHeight: 2.2, bgcolor: 'transparent' }}>
      {children}
    </ListSubheader>
  );
}
