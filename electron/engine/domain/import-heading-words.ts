import type { ImportField } from '../../../shared/model/import-row.ts';

/** Headings of other people's lists in the languages of the console, without case, accents, blanks and signs. */
const WORDS: Readonly<Record<ImportField, string>> = {
  firstName: `firstname firstnm first givenname given forename fname firstnames christianname userfirstname personfirstname callingname
    vorname rufname vornamen
    prenom prenoms
    nombredepila primernombre
    nomedibattesimo
    voornaam roepnaam voornamen
    primeironome nomeproprio`,
  lastName: `lastname last surname familyname family lname secondname userlastname sn personlastname
    nachname familienname zuname
    nomdefamille nomfamille
    apellido apellidos primerapellido
    cognome cognomi
    achternaam familienaam
    apelido apelidos sobrenome ultimonome nomedefamilia`,
  name: `displayname fullname completename userdisplayname displayedname firstandlastname personname employeename
    anzeigename vollername vollstandigername namevollstandig teilnehmername
    nomcomplet nomaffiche nomdaffichage nometprenom prenometnom
    nombrecompleto nombreparamostrar nombreyapellidos
    nomecompleto nomevisualizzato nomecognome nomeecognome
    weergavenaam volledigenaam
    nomedeexibicao nomeexibido`,
  email: `email mail emailaddress emailadress mailaddress emailid useremail primaryemail workemail businessemail emailaddresswork
    electronicmail internetaddress smtp smtpaddress primarysmtpaddress
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
  mobile: `mobile mobilephone mobilenumber mobileno mobilephonenumber mobiletelephonenumber mobiletelephone cell cellno cellnumber cellphone cellular gsm cellphonenumber
    handy handynummer mobil mobilnummer mobiltelefon mobilfunk mobilfunknummer mobilrufnummer natel
    portable telephoneportable telephonemobile telmobile numeroportable numeromobile
    movil telefonomovil numeromovil celular telefonocelular numerocelular
    cellulare telefonocellulare telefonomobile numerocellulare
    mobiel mobielnummer mobieletelefoon gsmnummer
    telemovel numerotelemovel telefonecelular numerodecelular`,
  extension: `extension ext extn extno extnumber extensionnumber internalnumber internalcallnumber directorynumber dn primarydn
    primaryphonedn primephonedn primedn primeextension primaryextension primaryphoneextension primephoneextension phoneextension
    deskphoneextension deskphonedn phoneservicenumber primaryphonenumber station stationnumber
    nebenstelle nst durchwahl durchwahlnummer nebenstellennummer rufnummerintern internerufnummer interne internenummer
    teilnehmernummer benutzernummer
    poste numerodeposte postetelephonique numerointerne numerodappelinterne
    extensiontelefonica numerodeextension interno
    internotelefonico numerointerno
    toestel toestelnummer doorkiesnummer
    ramal extensao`,
  mitelOne: `mitelone miteloneteir mitelonetier mitelonelicense mitelonelicence tier licensetier licencetier uccbundle userbundle
    lizenzstufe niveaudelicence`,
  miteamMeetings: `miteammeetings miteam miteammeetingslicense miteammeetingslicence`,
  smsNumber: `smsnumber sms smsno smsphone smsphonenumber twilionumber twiliosmsnumber
    smsnummer smsrufnummer numerosms numerodesms`,
  language: `language lang preferredlanguage userlanguage languagecode
    sprache benutzersprache langue idioma lingua taal`,
  userTemplate: `usertemplate usertemplatename
    benutzervorlage modeledutilisateur plantilladeusuario modelloutente gebruikerssjabloon modelodeusuario`,
  tags: `tags tag
    schlagworter schlagworte etiquettes etiquetas etichette trefwoorden`,
};

/**
 * Headings that mean the field only when no better one is there: "mail" goes before "userPrincipalName", "displayName" before "cn"
 * and before a user name, which is a login as often as a name. Taken from exports of Active Directory, MiVB, MiVO 400 and MiCollab.
 */
const WEAK_WORDS: Partial<Readonly<Record<ImportField, string>>> = {
  name: `username cn commonname contactname benutzername user benutzer utilisateur usuario utente gebruiker`,
  email: `userprincipalname upn contactemail`,
  mobile: `telephonemobileprivate privatemobile homemobile`,
  mitelOne: `license licence licenses licences bundle
    lizenz lizenzen licencia licencias licenza licenze licentie licenca licencas`,
  extension: `ipphone deskphone deskphonenumber primaryphone primephone rufnummer telefonintern phonenumberinternal callnumber
    telefonnummerintern numerodeextensioninterna`,
};

/** From the folded heading to the field. */
export const HEADING_WORDS: ReadonlyMap<string, ImportField> = fieldsByWord(WORDS);
export const WEAK_HEADING_WORDS: ReadonlyMap<string, ImportField> = fieldsByWord(WEAK_WORDS);

/** Given name beside a family name, else the whole name. */
export const AMBIGUOUS_FIRST: ReadonlySet<string> = new Set(['nombre', 'nome', 'nombres']);
/** Family name beside a given name, else the whole name. */
export const AMBIGUOUS_LAST: ReadonlySet<string> = new Set(['name', 'naam', 'nom']);
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

function fieldsByWord(words: Partial<Readonly<Record<ImportField, string>>>): ReadonlyMap<string, ImportField> {
  return new Map(
    (Object.entries(words) as [ImportField, string][]).flatMap(([field, list]) =>
      list.split(/\s+/u).map((word): [string, ImportField] => [word, field]),
    ),
  );
}
