BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE answer_history (
	dossier_id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	question TEXT NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_answer_history PRIMARY KEY (dossier_id, version, question), 
	CONSTRAINT fk_answer_history_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id)
);
INSERT INTO "answer_history" VALUES('2a13a922-5f98-406c-8b66-3c910a2d2ffa',1,'story','{"at":"2026-11-25T23:24:22.882626Z","by":"local","rev":1,"value":"Er was eens."}');
INSERT INTO "answer_history" VALUES('2a13a922-5f98-406c-8b66-3c910a2d2ffa',1,'','{"organisation":"Gemeente Oeverland","rev":1,"title":"Van de eerste versie"}');
CREATE TABLE dossier (
	id TEXT NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	title TEXT NOT NULL, 
	phase TEXT NOT NULL, 
	language TEXT NOT NULL, 
	edition_hash TEXT NOT NULL, 
	salt TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	head TEXT NOT NULL, 
	document TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	CONSTRAINT pk_dossier PRIMARY KEY (id), 
	CONSTRAINT ck_dossier_language CHECK (language IN ('nl', 'en')), 
	CONSTRAINT ck_dossier_version CHECK (version >= 1), 
	CONSTRAINT fk_dossier_edition FOREIGN KEY(edition_hash) REFERENCES edition (hash), 
	CONSTRAINT fk_dossier_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT uq_dossier_organisation_id_number UNIQUE (organisation_id, number)
);
INSERT INTO "dossier" VALUES('2a13a922-5f98-406c-8b66-3c910a2d2ffa',1,'2026-001','Van de eerste uitgave','idea','nl','ebf5daaeb2ae37351651a247eb981ed587baaab28ae0813a0cafa0fdf79b49bb','4859d6a92634f824b67cdc1e352354ba',4,'c1eff68fdce5aa0cdee807204f3c8d7484175f7ab7110ec26ec4369c74b24c4b','{"answers":{"name":{"at":"2026-11-25T23:24:22.882626Z","by":"local","rev":1,"unsure":true},"people":{"at":"2026-11-25T23:24:22.882626Z","by":"local","rev":1,"value":"yes"},"phase":{"at":"2026-11-25T23:24:22.882626Z","by":"local","rev":1,"value":"idea"},"story":{"at":"2026-11-25T23:24:22.882626Z","by":"local","rev":2,"value":"En toen."},"way":{"at":"2026-11-25T23:24:22.882626Z","by":"local","rev":1,"value":"road"}},"format":1,"other_views":{"way":["Ik zie dit anders."]},"project":{"organisation":"Gemeente Oeverland","rev":4,"title":"Van de eerste uitgave"},"trees":[]}','2026-11-25T23:24:22.882626Z','2026-11-25T23:24:22.882626Z');
INSERT INTO "dossier" VALUES('6bf7a18c-c636-4865-8eb8-7229a9731256',1,'2026-002','Nog een','','en','ebf5daaeb2ae37351651a247eb981ed587baaab28ae0813a0cafa0fdf79b49bb','51878f15b8411dd7d728558441046870',1,'7c3d4d7e2129baa9f6bf11d8ff2beeebb38a538953dfdf387bffc34046a87d90','{"answers":{},"format":1,"other_views":{},"project":{"organisation":"","rev":1,"title":"Nog een"},"trees":[]}','2026-11-25T23:24:22.882626Z','2026-11-25T23:24:22.882626Z');
CREATE TABLE edition (
	hash TEXT NOT NULL, 
	body TEXT NOT NULL, 
	saved_at TEXT NOT NULL, 
	CONSTRAINT pk_edition PRIMARY KEY (hash)
);
INSERT INTO "edition" VALUES('ebf5daaeb2ae37351651a247eb981ed587baaab28ae0813a0cafa0fdf79b49bb','{"format":1,"functions":{},"references":{"LAW":{"certainty":"original","check_by":"2027-01-01","checked":"2026-01-01","says":{"en":"This is how it should be.","nl":"Zo hoort het."},"title":{"en":"The law","nl":"De wet"},"where":"artikel 1"}},"thresholds":{},"trees":[{"about":{"en":"Where it begins.","nl":"Waar het begint."},"format":1,"id":"start","minutes":5,"opens":[{"tree":"kinds","when":"people == ''yes''"}],"themes":[{"id":"first","questions":[{"ask":{"en":"What phase are you in?","nl":"In welke fase zijn jullie?"},"choices":[{"id":"idea","label":{"en":"Idea","nl":"Idee"}},{"id":"exploration","label":{"en":"Exploration","nl":"Verkenning"}},{"id":"prototype","label":{"en":"Prototype","nl":"Prototype"}},{"id":"pilot","label":{"en":"Pilot","nl":"Proef"}},{"id":"in_use","label":{"en":"In use","nl":"In gebruik"}},{"id":"change","label":{"en":"Change","nl":"Wijziging"}},{"id":"stopped","label":{"en":"Stopped","nl":"Gestopt"}}],"code":"QS1","id":"phase","kind":"choice","motivation":"none","why":{"en":"It decides what is settled now.","nl":"Dat bepaalt wat nu vaststaat."}},{"ask":{"en":"Is it about people?","nl":"Gaat het over mensen?"},"code":"QS2","id":"people","kind":"yes_no","why":{"en":"Then we ask more.","nl":"Dan vragen we meer."}},{"ask":{"en":"Name it in your own words.","nl":"Noem het in eigen woorden."},"code":"QS3","id":"words","kind":"long_text","motivation":"none","why":{"en":"Then we know what it is about.","nl":"Dan weten we waar het over gaat."}}],"title":{"en":"First","nl":"Eerst"}}],"title":{"en":"Start","nl":"Begin"}},{"about":{"en":"A question of every kind.","nl":"Een vraag van elke soort."},"format":1,"id":"kinds","minutes":10,"signals":[{"about":"way","action":{"en":"Turn back.","nl":"Keer om."},"code":"QK1-a","id":"at_the_cliff","level":"stop","refs":["LAW"],"says":{"en":"Here is a cliff.","nl":"Hier ligt een afgrond."},"when":"way == ''cliff''"},{"about":"rescue","action":{"en":"Arrange a team.","nl":"Regel een ploeg."},"code":"QF4-a","id":"nobody_rescues","level":"stop","refs":["LAW"],"says":{"en":"Nobody comes to rescue.","nl":"Niemand komt redden."},"when":"rescue == ''nobody''"},{"about":"tools","action":{"en":"Leave the knife at home.","nl":"Laat het mes thuis."},"code":"QK2-a","id":"knife_along","level":"high","refs":["LAW"],"says":{"en":"A knife is dangerous.","nl":"Een mes is gevaarlijk."},"when":"''knife'' in tools"},{"about":"tools","action":{"en":"Store them apart.","nl":"Berg ze apart op."},"code":"QK2-b","id":"knife_noticed","level":"attention","refs":["LAW"],"says":{"en":"Knife and rope together.","nl":"Mes en touw samen."},"when":"''knife'' in tools and ''rope'' in tools"},{"about":"tools","code":"QK2-c","id":"map_along","level":"strength","refs":["LAW"],"says":{"en":"A map helps.","nl":"Een kaart helpt."},"when":"''map'' in tools"}],"themes":[{"id":"every_kind","questions":[{"ask":{"en":"Which way do you choose?","nl":"Welke weg kiezen jullie?"},"choices":[{"id":"road","label":{"en":"Road","nl":"Weg"}},{"id":"cliff","label":{"en":"Cliff","nl":"Afgrond"}},{"id":"water","label":{"en":"Water","nl":"Water"}}],"code":"QK1","id":"way","kind":"choice","more":{"en":"A **good** answer: [the law](https://eur-lex.europa.eu).","nl":"Een **goed** antwoord: [de wet](https://eur-lex.europa.eu)."},"refs":["LAW"],"why":{"en":"Each way differs.","nl":"Elke weg is anders."}},{"ask":{"en":"What do you take along?","nl":"Wat nemen jullie mee?"},"choices":[{"exclusive":true,"id":"nothing","label":{"en":"Nothing","nl":"Niets"}},{"id":"rope","label":{"en":"Rope","nl":"Touw"}},{"id":"map","label":{"en":"Map","nl":"Kaart"}},{"id":"knife","label":{"en":"Knife","nl":"Mes"}}],"code":"QK2","id":"tools","kind":"choices","why":{"en":"Together it weighs.","nl":"Samen weegt het."}},{"ask":{"en":"Is that settled?","nl":"Staat dat vast?"},"code":"QK3","id":"sure","kind":"yes_no","why":{"en":"Then we build on it.","nl":"Dan bouwen we erop."}},{"ask":{"en":"How far does it go?","nl":"Hoe ver gaat het?"},"code":"QK4","id":"far","kind":"scale","scale":{"high":{"en":"far","nl":"ver"},"low":{"en":"near","nl":"dichtbij"}},"why":{"en":"Further is heavier.","nl":"Verder is zwaarder."}},{"ask":{"en":"How many people are there?","nl":"Hoeveel mensen zijn het?"},"code":"QK5","id":"amount","kind":"number","unit":{"en":"people","nl":"mensen"},"why":{"en":"Small groups stand out.","nl":"Kleine groepen vallen op."}},{"ask":{"en":"When does it start?","nl":"Wanneer begint het?"},"code":"QK6","id":"day","kind":"date","why":{"en":"Then we count back.","nl":"Dan tellen we terug."}},{"ask":{"en":"What is it called?","nl":"Hoe heet het?"},"code":"QK7","id":"name","kind":"text","why":{"en":"A name makes talking easier.","nl":"Een naam praat makkelijker."}},{"ask":{"en":"Tell the story.","nl":"Vertel het verhaal."},"code":"QK8","id":"story","kind":"long_text","why":{"en":"Then everybody can think along.","nl":"Dan kan iedereen meedenken."}},{"ask":{"en":"Which sources are there?","nl":"Welke bronnen zijn er?"},"code":"QK9","columns":[{"id":"title","kind":"text","label":{"en":"Name","nl":"Naam"}},{"choices":[{"id":"plain","label":{"en":"Plain","nl":"Gewoon"}},{"id":"special","label":{"en":"Special","nl":"Bijzonder"}}],"id":"sort","kind":"choice","label":{"en":"Sort","nl":"Soort"}},{"choices":[{"id":"old","label":{"en":"Old","nl":"Oud"}},{"id":"open","label":{"en":"Open","nl":"Openbaar"}}],"id":"tags","kind":"choices","label":{"en":"Tags","nl":"Kenmerken"}},{"id":"good","kind":"scale","label":{"en":"How good","nl":"Hoe goed"}},{"id":"allowed","kind":"yes_no","label":{"en":"Is it allowed","nl":"Mag het"}},{"id":"size","kind":"number","label":{"en":"How large","nl":"Hoe groot"},"optional":true},{"id":"since","kind":"date","label":{"en":"Since","nl":"Sinds"},"optional":true}],"id":"sources","kind":"table","why":{"en":"Each source counts.","nl":"Elke bron telt."}}],"title":{"en":"Every kind","nl":"Elke soort"}},{"gate":"pilot","id":"what_follows","questions":[{"ask":{"en":"Why this way?","nl":"Waarom deze weg?"},"choices":[{"id":"short","label":{"en":"Short","nl":"Kort"}},{"id":"safe","label":{"en":"Safe","nl":"Veilig"}}],"code":"QF1","id":"reason","kind":"choice","motivation":"required","why":{"en":"The reader wants to know.","nl":"De lezer wil het weten."}},{"ask":{"en":"Is it right that it is settled?","nl":"Klopt dat het vaststaat?"},"code":"QF2","id":"confirmed","kind":"yes_no","prefill":"sure","why":{"en":"We ask again.","nl":"Wij vragen het na."}},{"ask":{"en":"What exactly is settled?","nl":"Wat staat er precies vast?"},"code":"QF3","id":"detail","kind":"long_text","when":"sure == ''yes''","why":{"en":"Precise is better.","nl":"Precies is beter."}},{"ask":{"en":"Who rescues you?","nl":"Wie redt jullie?"},"choices":[{"id":"nobody","label":{"en":"Nobody","nl":"Niemand"}},{"id":"team","label":{"en":"A team","nl":"Een ploeg"}}],"code":"QF4","id":"rescue","kind":"choice","when":"way == ''cliff''","why":{"en":"At a cliff help is needed.","nl":"Aan de afgrond is hulp nodig."}}],"title":{"en":"What follows","nl":"Wat volgt"}}],"title":{"en":"All kinds","nl":"Alle soorten"}}]}','2026-11-25T23:24:22+00:00');
CREATE TABLE event (
	dossier_id TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	question TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (dossier_id, seq), 
	CONSTRAINT fk_event_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id)
);
INSERT INTO "event" VALUES('2a13a922-5f98-406c-8b66-3c910a2d2ffa',1,'2026-11-25T23:24:22.882626Z','local','created','','441c9062500c7c257888f623da8612d99cc1ee46ecdc0a6b482ee2f7831913cf','','8da909d7f1a4002ef61fe7e083c3bf6133bdf6eed4eb6b4e525fdb9893d05635');
INSERT INTO "event" VALUES('2a13a922-5f98-406c-8b66-3c910a2d2ffa',2,'2026-11-25T23:24:22.882626Z','local','answered','story','c3db9f1cf648bd53846f0fc992aafab94070137be992f43e6c74869a20771e59','8da909d7f1a4002ef61fe7e083c3bf6133bdf6eed4eb6b4e525fdb9893d05635','ed908d2fe328cf07fd2775479390fc0578e50cc73858518de8f69af851f363e4');
INSERT INTO "event" VALUES('2a13a922-5f98-406c-8b66-3c910a2d2ffa',3,'2026-11-25T23:24:22.896367Z','','other_view','way','e7a95ce3e32ca997c78700d32d1e8133962e4985884011d6086d4318bdb21bcc','ed908d2fe328cf07fd2775479390fc0578e50cc73858518de8f69af851f363e4','34374f652f3485a9497b891303e4775e8c925f7a84ea188334584eae111c5905');
INSERT INTO "event" VALUES('2a13a922-5f98-406c-8b66-3c910a2d2ffa',4,'2026-11-25T23:24:22.882626Z','local','project','','4f7a3074efc3c46972831904c5d84d8ee34c188725e5988792e4279826e009ec','34374f652f3485a9497b891303e4775e8c925f7a84ea188334584eae111c5905','c1eff68fdce5aa0cdee807204f3c8d7484175f7ab7110ec26ec4369c74b24c4b');
INSERT INTO "event" VALUES('6bf7a18c-c636-4865-8eb8-7229a9731256',1,'2026-11-25T23:24:22.882626Z','local','created','','8cdd57e450b5cc9e02d68ad5335ce18f03e7e9d4b979ac08e32dc6a5aa19c53e','','7c3d4d7e2129baa9f6bf11d8ff2beeebb38a538953dfdf387bffc34046a87d90');
CREATE TABLE numbering (
	organisation_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_numbering PRIMARY KEY (organisation_id, year), 
	CONSTRAINT fk_numbering_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
INSERT INTO "numbering" VALUES(1,2026,2);
CREATE TABLE organisation (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	head TEXT NOT NULL, 
	CONSTRAINT pk_organisation PRIMARY KEY (id), 
	CONSTRAINT ck_organisation_version CHECK (version >= 0)
);
INSERT INTO "organisation" VALUES(1,0,'');
CREATE TABLE organisation_event (
	organisation_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_organisation_event PRIMARY KEY (organisation_id, seq), 
	CONSTRAINT fk_organisation_event_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE INDEX ix_dossier_organisation_id_updated_at_id ON dossier (organisation_id, updated_at, id);
COMMIT;
