import type { ImportField } from '../../../shared/model/import-row.ts';
import type { Recipe, RecipeColumn, RecipeContent, RecipeId } from '../../../shared/model/import-recipe.ts';

export type BuiltInRecipe = Recipe & {
  /** Headings that tell such a file from an ordinary list of people; so many of them must be there for it to be offered. */
  readonly signs: readonly string[];
};

/** Of the signs. */
export const SIGNS_NEEDED = 2;

type Source = {
  readonly id: string;
  readonly name: string;
  readonly fields: Partial<Readonly<Record<ImportField, readonly string[]>>>;
  /** Columns that look like one of ours and are not. */
  readonly leftOut: readonly string[];
  readonly signs: readonly string[];
};

/**
 * Which systems export users is in SPEC IMP-13; what they call their columns is not in the product documents. Headings are marked by
 * where they are from: the directory's attribute names and MiCollab's bulk import headings are published, the others are ours, from the
 * forms that the documents describe. A heading that a file does not have is passed over, so a further one costs nothing.
 */
const SOURCES: readonly Source[] = [
  {
    id: 'mivb',
    name: 'MiVoice Business user export',
    fields: {
      // User and Services Configuration form (ours), and UserServicesTemplate.csv of the configuration wizard (published).
      firstName: ['User First Name', 'First Name'],
      lastName: ['User Last Name', 'Last Name'],
      email: ['E-mail', 'Email', 'Email Address'],
      extension: ['Primary Phone DN', 'Primary Phone Directory Number', 'Office phone number', 'Directory Number'],
      mobile: ['Mobile Phone', 'Mobile'],
    },
    leftOut: ['Department', 'Location', 'Login ID', 'Role', 'Teleworker Phone Number', 'Preferred Set', 'Cabinet'],
    signs: [
      ...['User First Name', 'User Last Name', 'Primary Phone DN', 'Primary Phone Directory Number'],
      ...['Office phone number', 'Office Device/User Type', 'Hot Desk Login Accept', 'Device Type', 'Preferred Set'],
    ],
  },
  {
    id: 'mivo400',
    name: 'MiVoice Office 400',
    fields: {
      // Ours: the user list of the configuration tool in English and German.
      firstName: ['First name', 'Vorname'],
      lastName: ['Surname', 'Last name', 'Name', 'Nachname'],
      email: ['E-mail address', 'E-Mail-Adresse', 'E-mail', 'E-Mail'],
      extension: ['Internal call number', 'Interne Rufnummer', 'Call number', 'Rufnummer', 'User number'],
      mobile: ['Mobile number', 'Mobilnummer', 'Mobile phone', 'Mobiltelefon'],
    },
    leftOut: ['User ID', 'Benutzer-ID', 'Terminal', 'Endgerät', 'Permission set', 'Berechtigungssatz', 'DDI number'],
    signs: [
      ...['Internal call number', 'Interne Rufnummer', 'Call number', 'User number', 'Permission set'],
      ...['Berechtigungssatz', 'Terminal', 'Endgerät', 'DDI number', 'Durchwahlnummer DDI'],
    ],
  },
  {
    id: 'directory',
    name: 'AD/LDAP CSV',
    fields: {
      // Published attribute names, as csvde and LDAP tools write them into the first line.
      firstName: ['givenName'],
      lastName: ['sn', 'surname'],
      name: ['displayName', 'cn', 'name'],
      email: ['mail', 'userPrincipalName'],
      mobile: ['mobile'],
      extension: ['ipPhone'],
    },
    leftOut: [
      ...['DN', 'distinguishedName', 'objectClass', 'objectGUID', 'sAMAccountName', 'telephoneNumber', 'homePhone'],
      ...['otherTelephone', 'otherMobile', 'proxyAddresses', 'memberOf', 'department', 'title', 'company', 'uid'],
    ],
    signs: [
      ...['givenName', 'sn', 'sAMAccountName', 'userPrincipalName', 'objectClass', 'distinguishedName', 'objectGUID'],
      ...['telephoneNumber', 'proxyAddresses', 'ipPhone', 'memberOf', 'uid'],
    ],
  },
  {
    id: 'micollab',
    name: 'MiCollab CSV',
    fields: {
      // Published: bulk import of Users and Services, and the CSV template of the MiCollab Client service.
      firstName: ['First Name'],
      lastName: ['Last Name'],
      email: ['Email Address', 'E-mail Address', 'Email'],
      extension: ['Primary Phone Extension', 'Directory Number'],
      mobile: ['Mobile Phone', 'Mobile Phone Number'],
    },
    // Its roles and templates are of MiCollab and mean nothing in an account.
    leftOut: [
      'Role',
      'Login ID',
      'Login',
      'Template',
      'Profile',
      'Department',
      'Location',
      'PBX SIP Host',
      'TUI Passcode',
    ],
    signs: [
      ...['Login ID', 'Role', 'Primary Phone Extension', 'Directory Number', 'Profile', 'Template', 'PBX SIP Host'],
      ...['TUI Passcode', 'Prompt Language', 'PBX SIP user name/Device number'],
    ],
  },
];

export const BUILT_IN_RECIPES: readonly BuiltInRecipe[] = SOURCES.map(({ id, name, fields, leftOut, signs }) => ({
  id: `built-in-${id}` as RecipeId,
  name,
  isBuiltIn: true,
  signs,
  content: contentOf(fields, leftOut),
}));

function contentOf(fields: Source['fields'], leftOut: readonly string[]): RecipeContent {
  const mapped = (Object.entries(fields) as [ImportField, readonly string[]][]).flatMap(([field, headings]) =>
    headings.map((heading): RecipeColumn => ({ heading, field })),
  );
  return {
    columns: [...mapped, ...leftOut.map((heading): RecipeColumn => ({ heading, field: null }))],
    reading: { sheet: null, encoding: null, delimiter: null, headerRow: null },
    existing: null,
    fixes: [],
  };
}
