/** Given and family names by language, combined at random: the people of the demo tenants are invented. */
type NameList = { readonly first: readonly string[]; readonly last: readonly string[] };

function list(first: string, last: string): NameList {
  return { first: first.split(' '), last: last.split(' ') };
}

export const NAMES = {
  en: list(
    'Alice Amelia Arthur Beatrice Callum Charlotte Daniel Edith Edward Eleanor Felix Fiona Florence George Grace Harriet Harvey Imogen Isaac Jasper Jemima Kieran Laura Leo Lydia Martha Matilda Miles Nathan Nina Oliver Owen Phoebe Poppy Ralph Rosalind Rupert Sadie Simon Sylvia Theodore Toby Ursula Victor Violet Wendy Winifred Zachary',
    'Abbott Ainsley Barrow Beckett Birch Blackwood Bramley Calloway Carver Chandler Cobb Cresswell Dalby Dunmore Ellery Fairfax Fenwick Fletcher Garrick Granger Hadley Hartwell Hollis Ingram Kemble Kirkby Langley Lockwood Marlow Merriman Norwood Oakley Pemberton Prescott Quill Radcliffe Redfern Sheldon Sinclair Stanwick Thornbury Tilney Underhill Vane Wainwright Westcott Whitlock Yardley',
  ),
  fr: list(
    'Adèle Agathe Alain Amélie Anaïs Antoine Aurélie Bastien Benoît Camille Cécile Chloé Clément Édouard Élodie Émile Étienne Fabien François Gaëlle Geneviève Hélène Hugo Inès Jérôme Joëlle Julien Léa Loïc Lucie Manon Marcel Maëlle Noémie Océane Pascal Quentin Rémi Sabine Solène Théo Valérie Xavier Yann Zoé',
    'Aubert Barbier Beaumont Bellanger Besnard Bonnet Bouvier Brunel Carpentier Chevallier Collin Cordier Courtois Delacroix Desmarais Dubreuil Faivre Ferrand Fontaine Garnier Gauthier Girard Guérin Huet Jacquet Joubert Lacombe Laforêt Lefèvre Lemoine Maréchal Mercier Meunier Noël Olivier Perrot Picard Prévost Renaud Rivière Rousselet Sauvage Tessier Vallée Verdier Vidal',
  ),
  de: list(
    'Anke Annika Bärbel Benedikt Birgit Björn Christoph Claudia Detlef Dörte Eberhard Elke Felix Florian Frauke Friedrich Gerda Günther Hannelore Heiko Henrike Ingo Jörg Jürgen Katja Klaus Lena Lothar Lukas Mareike Matthias Monika Niklas Norbert Ole Petra Rüdiger Sabrina Silke Sören Tobias Ulrike Uwe Verena Volker Wiebke Wolfgang',
    'Albrecht Bachmann Bergmann Böhm Brandt Brückner Dietrich Ebert Eichhorn Engelhardt Fährmann Fiedler Förster Friedrichs Gärtner Giese Größmann Hagen Hartmann Heinemann Hübner Jäger Jansen Kästner Köhler Krämer Kühn Lindner Löffler Lüders Möller Neumann Ohlsen Petersen Pohl Rademacher Reuter Schäfer Schröder Seidel Stöcker Thoma Ullrich Voß Wächter Winkler Zöllner',
  ),
  es: list(
    'Adriana Alejandro Ángela Belén Begoña Carlos Catalina César Clara Diego Elena Emilio Esperanza Félix Fernanda Gonzalo Graciela Héctor Inés Íñigo Javier Joaquín José Julia Leonor Lucía Luis Macarena María Martín Mónica Nicolás Noelia Óscar Paula Pilar Raúl Rocío Rosa Rubén Sofía Tomás Valeria Vicente Ximena',
    'Aguilar Alarcón Álvarez Arroyo Barrios Benítez Bravo Caballero Calderón Campos Carmona Castaño Cordero Crespo Domínguez Espinosa Esteban Fuentes Gallardo Gámez Herrero Hidalgo Ibáñez Jiménez Lozano Luján Márquez Medina Molina Montero Muñoz Navarro Núñez Ortega Páez Peña Quintana Ramírez Reyes Robledo Salinas Serrano Sotomayor Vázquez Villanueva Zamora',
  ),
  it: list(
    'Agnese Alberto Alessia Andrea Beatrice Bruno Carla Chiara Cosimo Dario Elisa Emanuele Fabrizio Federica Filippo Francesca Gaia Giacomo Ginevra Giulia Ilaria Irene Jacopo Lorenzo Luca Lucrezia Marco Marta Matteo Michela Niccolò Noemi Ottavia Paolo Pietro Renata Riccardo Rosanna Sergio Silvia Stefano Teresa Tommaso Umberto Viola',
    'Amato Barbieri Basile Bellini Benedetti Caruso Cattaneo Cirillo Colombo Coppola Damico Donati Fabbri Farina Ferrara Fontana Galli Gentile Grassi Leone Lombardi Longo Mancini Marchetti Marini Martinelli Messina Monti Morelli Negri Orlandi Palmieri Parisi Pellegrini Piras Rinaldi Riva Sala Santoro Serra Silvestri Testa Valentini Villa Vitale Zanella',
  ),
  nl: list(
    'Anneke Bart Bas Carlijn Coen Daan Daniëlle Diederik Eefje Elly Femke Floor Geert Gijs Hanneke Hendrik Ilse Jasmijn Jeroen Joost Karlijn Koen Lieke Maarten Marijke Marloes Noor Olaf Pieter Renée Rik Roos Sanne Sjoerd Stijn Tess Thijs Tijmen Truus Wessel Wietske Wouter Yvonne Zoë',
    'Baars Beekman Bergsma Blom Boersma Brouwer Claassen Dekker Dijkstra Driessen Elzinga Gerritsen Groothuis Haverkamp Hoekstra Huisman Jonker Kamphuis Koster Kramer Kuiper Lammers Meijer Mulder Nijhuis Oosterhof Postma Prins Ridder Scholten Schouten Slagter Smit Timmerman Tuinstra Veenstra Verhoeven Visser Vogel Wagenaar Willemsen Zijlstra',
  ),
  pt: list(
    'Adriano Alice Ana André Antônio Beatriz Bento Bruna Caetano Cecília Cláudia Davi Débora Duarte Eduarda Érica Fábio Filipa Gabriel Glória Helena Hugo Inês Isabel João Joana Júlia Leandro Letícia Lourenço Luísa Márcio Mariana Mateus Nuno Olívia Paulo Rafaela Renato Rita Sílvia Simão Tânia Vítor',
    'Abreu Almeida Amaral Andrade Araújo Azevedo Barros Batista Brandão Cabral Cardoso Carvalho Castelo Conceição Coutinho Cunha Dias Esteves Faria Figueiredo Fonseca Freitas Gouveia Guimarães Leitão Macedo Magalhães Marinho Matos Meireles Mendonça Monteiro Neves Nogueira Paixão Pimentel Queirós Rezende Rocha Sampaio Simões Tavares Teixeira Vasconcelos',
  ),
  pl: list(
    'Agnieszka Bożena Czesław Danuta Dorota Elżbieta Grażyna Jędrzej Jerzy Józef Kasia Krzysztof Łucja Łukasz Małgorzata Mieczysław Paweł Przemysław Rafał Róża Sławomir Stanisława Święta Tadeusz Wacław Wiesława Włodzimierz Zbigniew Zdzisława Żaneta',
    'Błaszczyk Chrząszcz Dąbrowa Gąsior Głowacka Grzybek Jabłoński Jaśkowiak Kołodziej Krzemień Łabędź Marzec Mączka Olszówka Pawłowicz Piątek Puławska Rzepka Sęk Śliwa Świątek Szczęsny Trzciński Wąsik Wójcik Wróbel Zając Źródło Żak',
  ),
  ar: list(
    'أمل أحمد إبراهيم بدر جميلة حسن خديجة رانيا زيد سارة سلمى طارق عائشة عمر فاطمة كريم ليلى مريم نادر نور هدى ياسمين يوسف',
    'الأمين البحري البستاني التاجر الجبلي الحداد الخطيب الراوي الزيتوني السقاف الشامي الصباغ الطويل العطار الفارس القاضي الكاتب المنصور النجار الوردي',
  ),
  he: list(
    'אביגיל אורי איתן גליה דבורה דניאל הדר זיו יעל כרמל ליאור מיכל נועם עדי רותם שירה תמר',
    'אלון ברק גולן דרור הררי זמיר חרמוני יערי כנען לביא מזרחי נבון סלע עמית פלד צור רימון שקד תבור',
  ),
} as const satisfies Record<string, NameList>;

export type NameLanguage = keyof typeof NAMES;
