import type { ImportField } from '../../../shared/model/import-row.ts';

/** Headings of other people's lists in the languages of the console, without case, accents, blanks and signs. */
const WORDS: Readonly<Record<ImportField, string>> = {
  firstName: `firstname first givenname given forename fname firstnames christianname userfirstname personfirstname
    vorname rufname vornamen
    prenom prenoms
    nombredepila primernombre
    nomedibattesimo
    voornaam roepnaam voornamen
    primeironome nomeproprio`,
  lastName: `lastname last surname familyname family lname secondname userlastname sn
    nachname familienname zuname
    nomdefamille nomfamille
    apellido apellidos primerapellido
    cognome cognomi
    achternaam familienaam
    apelido apelidos sobrenome ultimonome nomedefamilia`,
  name: `displayname fullname completename username userdisplayname displayedname firstandlastname contactname personname
    anzeigename vollername vollstandigername namevollstandig benutzername
    nomcomplet nomaffiche nomdaffichage nometprenom prenometnom
    nombrecompleto nombreparamostrar nombreyapellidos
    nomecompleto nomevisualizzato nomecognome nomeecognome
    weergavenaam volledigenaam
    nomedeexibicao nomeexibido`,
  email: `email mail emailaddress emailadress mailaddress emailid useremail primaryemail workemail businessemail emailaddresswork
    userprincipalname upn electronicmail internetaddress contactemail
    emailadresse mailadresse elektronischepost epost
    courriel adressemail adresseemail adressecourriel adresseelectronique adressedemessagerie
    correo correoelectronico direcciondecorreo direcciondecorreoelectronico direccionemail
    postaelettronica indirizzoemail indirizzomail indirizzodipostaelettronica
    emailadres mailadres
    correioeletronico correioeletronic enderecodeemail enderecoemail`,
  role: `role userrole roles accountrole permissionrole usertype accesslevel
    rolle benutzerrolle berechtigung
    roledelutilisateur roleutilisateur
    rol roldeusuario roldelusuario
    ruolo ruoloutente
    gebruikersrol
    funcao papel funcaodousuario perfil`,
  mobile: `mobile mobilephone mobilenumber mobileno cell cellphone cellular gsm cellphonenumber
    handy handynummer mobil mobilnummer mobiltelefon mobilfunk natel
    portable telephoneportable telmobile numeroportable
    movil telefonomovil celular telefonocelular
    cellulare telefonocellulare telefonomobile
    mobiel mobielnummer mobieletelefoon gsmnummer
    telemovel telefonecelular`,
  extension: `extension ext extn extno extensionnumber internalnumber directorynumber dn primarydn primeextension station
    nebenstelle nst durchwahl nebenstellennummer rufnummerintern interne
    poste numerodeposte postetelephonique numerointerne
    extensiontelefonica numerodeextension interno
    internotelefonico numerointerno
    toestel toestelnummer doorkiesnummer
    ramal extensao`,
};

/** From the folded heading to the field. */
export const HEADING_WORDS: ReadonlyMap<string, ImportField> = new Map(
  (Object.entries(WORDS) as [ImportField, string][]).flatMap(([field, words]) =>
    words.split(/\s+/u).map((word): [string, ImportField] => [word, field]),
  ),
);

/** Given name beside a family name, else the whole name. */
export const AMBIGUOUS_FIRST: ReadonlySet<string> = new Set(['nombre', 'nome', 'nombres']);
/** Family name beside a given name, else the whole name. */
export const AMBIGUOUS_LAST: ReadonlySet<string> = new Set(['name', 'naam', 'nom', 'user', 'benutzer']);
/** Given-name headings of the languages in which "Name" alone is the family name. */
export const AFTER_GIVEN_NAME: ReadonlySet<string> = new Set([
  'vorname',
  'vornamen',
  'rufname',
  'prenom',
  'prenoms',
  'voornaam',
  'voornamen',
  'roepnaam',
]);
