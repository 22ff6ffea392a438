import { describe, expect, it } from 'vitest';
import { findHeadings, headingsAt } from './import-headings.ts';
import { editDistance, matchHeadings } from './match-headings.ts';

const rowsOf = (...rows: readonly (readonly string[])[]): { number: number; cells: readonly string[] }[] =>
  rows.map((cells, index) => ({ number: index + 1, cells }));

const HEADINGS: readonly (readonly [headings: string, fields: string])[] = [
  ['FIRST NAME|LAST NAME|NAME|EMAIL|ROLE', 'firstName|lastName|name|email|role'],
  ['first_name|surname|Display name|E-Mail Address *|User role', 'firstName|lastName|name|email|role'],
  ['Vorname|Name|E-Mail-Adresse|Rolle', 'firstName|lastName|email|role'],
  ['Nachname|Vorname|Anzeigename|Mail', 'lastName|firstName|name|email'],
  ['Name|E-Mail', 'name|email'],
  ['Prénom|Nom|Courriel|Rôle', 'firstName|lastName|email|role'],
  ['Nombre|Apellidos|Correo electrónico|Rol', 'firstName|lastName|email|role'],
  ['Nombre|Correo', 'name|email'],
  ['Nome|Cognome|Indirizzo e-mail|Ruolo', 'firstName|lastName|email|role'],
  ['Voornaam|Naam|E-mailadres|Gebruikersrol', 'firstName|lastName|email|role'],
  ['Nome|Sobrenome|Endereço de e-mail|Função', 'firstName|lastName|email|role'],
  ['Frist name|Lst name|Emial address|Departmnt', 'firstName|lastName|email|'],
  ['Email|E-mail|Mail', 'email||'],
  ['Roof|Mall|Lost', '||'],
  ['Department|Phone|', '||'],
  ['First Name|Last Name|Email|Mobile|Extension', 'firstName|lastName|email|mobile|extension'],
  ['Vorname|Nachname|E-Mail|Mobiltelefon|Durchwahl', 'firstName|lastName|email|mobile|extension'],
  ['Prénom|Nom|Courriel|Portable|Numéro de poste', 'firstName|lastName|email|mobile|extension'],
  ['Nombre|Apellidos|Correo|Móvil|Extensión', 'firstName|lastName|email|mobile|extension'],
  ['Nome|Cognome|E-mail|Cellulare|Interno', 'firstName|lastName|email|mobile|extension'],
  ['Voornaam|Achternaam|E-mail|Mobiel nummer|Toestel', 'firstName|lastName|email|mobile|extension'],
  ['Nome|Apelido|Correio eletrónico|Telemóvel|Ramal', 'firstName|lastName|email|mobile|extension'],
  ['Extention|Moblie number|E-Mail', 'extension|mobile|email'],
  // Active Directory: csvde and Get-ADUser | Export-Csv.
  [
    'DN|cn|sn|givenName|displayName|telephoneNumber|userPrincipalName|mail|mobile|ipPhone',
    'extension||lastName|firstName|name|||email|mobile|',
  ],
  ['sAMAccountName|UserPrincipalName|GivenName|Surname|Name|Enabled', '|email|firstName|lastName|name|'],
  // Exports of telephone systems.
  [
    'User Last Name|User First Name|Department|Location|E-mail|Login ID|Primary Phone DN',
    'lastName|firstName|||email||extension',
  ],
  ['Interne Rufnummer|Name|Vorname|E-Mail-Adresse|Mobilnummer', 'extension|lastName|firstName|email|mobile'],
  [
    'First Name|Last Name|Login|Email Address|Primary Phone Extension|Mobile Phone|Template',
    'firstName|lastName||email|extension|mobile|',
  ],
  ['Username|Display name|Mail', '|name|email'],
  ['User|Mail', 'name|email'],
];

describe('import headings', () => {
  it.each(HEADINGS)('IMP-2: maps the columns %s', (headings, fields) => {
    expect(
      matchHeadings(headings.split('|'))
        .map((field) => field ?? '')
        .join('|'),
    ).toBe(fields);
  });

  it('IMP-2: finds the headings below a title and notes', () => {
    const rows = rowsOf(
      ['New starters in spring'],
      [],
      ['please send back to', 'the office'],
      ['Vorname', 'Nachname', 'E-Mail'],
      ['Ann', 'Ash', 'ann@customer.example'],
    );
    expect(findHeadings(rows)).toEqual({ headerRow: 4, fields: ['firstName', 'lastName', 'email'] });
  });

  it('IMP-2: takes the fullest row when a note has a heading word in it', () => {
    const rows = rowsOf(
      ['Email', 'list'],
      ['First name', 'Last name', 'Email'],
      ['Ann', 'Ash', 'ann@customer.example'],
    );
    expect(findHeadings(rows).headerRow).toBe(2);
  });

  it('IMP-2: recognises the addresses by their content when no heading names them', () => {
    const rows = rowsOf(
      ['First name', 'Contact'],
      ['Ann', 'ann@customer.example'],
      ['Bob', 'bob@customer.example'],
      ['Cid', 'none'],
    );
    expect(findHeadings(rows)).toEqual({ headerRow: 1, fields: ['firstName', 'email'] });
    const unknown = rowsOf(['Wer', 'Kontakt'], ['Ann', 'ann@customer.example'], ['Bob', 'bob@customer.example']);
    expect(findHeadings(unknown)).toEqual({ headerRow: 1, fields: [null, 'email'] });
  });

  it('IMP-2: loses no person of a file without headings', () => {
    const rows = rowsOf(['Ann', 'ann@customer.example'], ['Bob', 'bob@customer.example']);
    expect(findHeadings(rows)).toEqual({ headerRow: 0, fields: [null, 'email'] });
  });

  it('IMP-2: believes the cells more than the heading', () => {
    const rows = rowsOf(
      ['DN', 'E-Mail', 'mail', 'ipPhone'],
      ['CN=Ann,OU=Staff', 'yes', 'ann@customer.example', '4711'],
      ['CN=Bob,OU=Staff', 'no', 'bob@customer.example', '4712'],
      ['CN=Cid,OU=Staff', 'yes', '', '4713'],
    );
    expect(findHeadings(rows)).toEqual({ headerRow: 1, fields: [null, null, 'email', 'extension'] });
    expect(headingsAt(1, rows).fields).toEqual([null, null, 'email', 'extension']);
    const numbers = rowsOf(['DN', 'E-Mail'], ['4711', 'ann@customer.example'], ['01. Feb', ''], ['4.7E+03', '']);
    expect(findHeadings(numbers).fields).toEqual(['extension', 'email']);
  });

  it('IMP-1: the headings of the template mean what they say, whatever stands below them', () => {
    const rows = rowsOf(['NAME', 'EMAIL'], ['Ann', '1'], ['Bob', '2'], ['Cid', '3']);
    expect(findHeadings(rows)).toEqual({ headerRow: 1, fields: ['name', 'email'] });
  });

  it.each([1, 5, 20])('IMP-2: finds the headings in row %i', (number) => {
    const rows = [
      ...Array.from({ length: number - 1 }, (_, at) => [`Note ${at}`, at % 2 ? 'of the office' : '']),
      ['Name', 'Mail'],
      ['Ann', 'ann@customer.example'],
    ];
    expect(findHeadings(rowsOf(...rows)).headerRow).toBe(number);
  });

  it('IMP-2: reports that there is no address at all', () => {
    expect(findHeadings(rowsOf(['First name', 'Last name'], ['Ann', 'Ash'])).fields).toEqual(['firstName', 'lastName']);
    expect(findHeadings([]).fields).toEqual([]);
  });

  it('IMP-2: takes the heading row that the person names', () => {
    const rows = rowsOf(['Name', 'Mail'], ['Email', 'Role'], ['ann@customer.example', 'User']);
    expect(headingsAt(2, rows)).toEqual({ headerRow: 2, fields: ['email', 'role'] });
    expect(headingsAt(0, rows)).toEqual({ headerRow: 0, fields: [] });
  });

  it('IMP-2: counts slips up to the limit', () => {
    expect(editDistance('nachname', 'nachnane', 2)).toBe(1);
    expect(editDistance('emailaddress', 'emialaddress', 2)).toBe(2);
    expect(editDistance('abc', 'xyz', 1)).toBe(2);
  });
});
