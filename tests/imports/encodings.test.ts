import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { TextEncoding } from '../../shared/model/text-encoding.ts';
import { TEXT_ENCODINGS, textEncoding } from '../../shared/model/text-encoding.ts';
import { encodeText } from './encode-text.ts';
import { cellsOf, readBytes } from './read-file.ts';

/** Names as people of one language have them; the addresses say nothing about the language. */
const NAMES = {
  german: 'Jürgen Müller,Jörg Weiß,Käthe Groß,Günther Schröder,Bärbel Löwe',
  french: 'François Lefèvre,Zoé Béranger,Chloé Gérard,Jérôme Crétin,Noël Hébert',
  spanish: 'José Núñez,María Muñoz,Ángel Ibáñez,Íñigo Peña,Begoña Gómez',
  portuguese: 'João Simões,Conceição Guimarães,Inês Gonçalves,Tomás Falcão,Luís Araújo',
  danish: 'Søren Kjær,Åse Sørensen,Jørgen Østergård,Bjørn Nygård,Mette Bæk',
  swedish: 'Åke Sjöström,Björn Håkansson,Märta Lindström,Göran Ångström,Kåre Öberg',
  polish: 'Łukasz Wójcik,Małgorzata Dąbrowska,Paweł Wiśniewski,Grażyna Kamińska,Zdzisław Pająk',
  czech: 'Jiří Dvořák,Tomáš Němec,Kateřina Šťastná,Luděk Růžička,Věra Žáková',
  hungarian: 'Gergő Kőszegi,László Szűcs,Erzsébet Győri,Jenő Fűzfás,Ildikó Bősze',
  croatian: 'Ivan Horvatić,Željko Đurić,Božica Šimić,Krešimir Kovačić,Anđela Čačić',
  turkish: 'Ayşe Yılmaz,Çağrı Şahin,Gülşen Doğan,İbrahim Öztürk,Işıl Kılıç',
  russian: 'Иван Петров,Ольга Соколова,Юрий Щукин,Наталья Ёлкина,Фёдор Цветков',
} as const;

const CASES: readonly (readonly [language: keyof typeof NAMES, written: TextEncoding | 'iso-8859-1' | 'iso-8859-9'])[] =
  [
    ['german', 'windows-1252'],
    ['german', 'iso-8859-1'],
    ['german', 'macintosh'],
    ['french', 'windows-1252'],
    ['french', 'iso-8859-15'],
    ['french', 'macintosh'],
    ['spanish', 'windows-1252'],
    ['spanish', 'macintosh'],
    ['portuguese', 'windows-1252'],
    ['portuguese', 'macintosh'],
    ['danish', 'windows-1252'],
    ['danish', 'macintosh'],
    ['swedish', 'iso-8859-1'],
    ['swedish', 'macintosh'],
    ['polish', 'windows-1250'],
    ['polish', 'iso-8859-2'],
    ['czech', 'windows-1250'],
    ['czech', 'iso-8859-2'],
    ['hungarian', 'windows-1250'],
    ['hungarian', 'iso-8859-2'],
    ['croatian', 'windows-1250'],
    ['croatian', 'iso-8859-2'],
    ['turkish', 'windows-1254'],
    ['turkish', 'iso-8859-9'],
    ['russian', 'windows-1251'],
    ['russian', 'iso-8859-5'],
    ...(Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap((language) =>
      (['utf-8', 'utf-16le', 'utf-16be'] as const).map((encoding) => [language, encoding] as const),
    ),
  ];

describe('encodings of delimited text', () => {
  it.each(CASES)('IMP-2: reads %s names written in %s by themselves', async (language, written) => {
    const rows = [
      ['NAME', 'EMAIL'],
      ...NAMES[language].split(',').map((name, at) => [name, `u${at}@customer.example`]),
    ];
    const text = `${rows.map((row) => row.join(';')).join('\r\n')}\r\n`;
    expect(await cellsOf(encodeText(text, written))).toEqual(rows);
  });

  it.each(TEXT_ENCODINGS)('IMP-2: reads %s when the person chooses it', async (encoding) => {
    const text = 'NAME;EMAIL\nAnn;ann@customer.example\n';
    expect(await cellsOf(encodeText(text, encoding), { encoding })).toEqual([
      ['NAME', 'EMAIL'],
      ['Ann', 'ann@customer.example'],
    ]);
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)('IMP-2: reads %s with a mark', async (encoding) => {
    const { shape, rows } = await readBytes(encodeText('\uFEFFa;ë\r\nЖ;d', encoding));
    expect([shape.encoding, rows.map((row) => row.cells)]).toEqual([
      encoding,
      [
        ['a', 'ë'],
        ['Ж', 'd'],
      ],
    ]);
  });

  it('IMP-2: one slip of another encoding, or a letter that was cut off, damages one cell and not the file', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `Zoë ${at};u${at}@customer.example\n`).join('');
    const slipped = Buffer.concat([Buffer.from(names), Buffer.from('Jos\xe9;j@customer.example\n', 'latin1')]);
    const { shape, rows } = await readBytes(slipped);
    expect([shape.encoding, rows[0]?.cells[0], rows.at(-1)?.cells[0]]).toEqual(['utf-8', 'Zoë 0', 'Jos\uFFFD']);
    const cut = await cellsOf(Buffer.from(`${names}Zoë`).subarray(0, -1));
    expect([cut[0]?.[0], cut.at(-1)]).toEqual(['Zoë 0', ['Zo\uFFFD']]);
  });

  it('IMP-2: a few letters prove nothing: the West is the default, a domain of the country the exception', async () => {
    const bytes = (domain: string): Buffer =>
      encodeText(`NAME;EMAIL\nAnn Ash;a@customer.${domain}\nKř;b@customer.${domain}\n`, 'windows-1250');
    expect((await readBytes(bytes('example'))).shape.encoding).toBe('windows-1252');
    expect((await readBytes(bytes('example.cz'))).shape.encoding).toBe('windows-1250');
  });

  it('IMP-2: other names of an encoding are understood', () => {
    expect(['ISO-8859-1', 'iso-8859-9', 'UTF8', 'latin1', 'klingon'].map(textEncoding)).toEqual([
      ...['windows-1252', 'windows-1254', 'utf-8', 'windows-1252'],
      null,
    ]);
  });

  it('IMP-2: reads what iconv of this machine writes', () => {
    const here = (encoding: string): boolean => {
      try {
        return (
          execFileSync('iconv', ['-f', 'utf-8', '-t', encoding], { input: 'é', stdio: ['pipe', 'pipe', 'ignore'] })
            .length > 0
        );
      } catch {
        return false;
      }
    };
    for (const [label, name] of [
      ['windows-1250', 'CP1250'],
      ['windows-1254', 'CP1254'],
      ['iso-8859-5', 'ISO-8859-5'],
      ['macintosh', 'MACINTOSH'],
    ] as const) {
      const text = label === 'iso-8859-5' ? 'Жук' : 'Zoé';
      if (!here(name) && label !== 'iso-8859-5') continue;
      const written = execFileSync('iconv', ['-f', 'utf-8', '-t', name], { input: text });
      expect(encodeText(text, label).equals(written)).toBe(true);
    }
  });
});
