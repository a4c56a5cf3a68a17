BEGIN TRANSACTION;
CREATE TABLE action (
	id TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	about TEXT NOT NULL, 
	text TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	due TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	done_at TEXT NOT NULL, 
	done_by TEXT NOT NULL, 
	done_note TEXT NOT NULL, 
	rev INTEGER NOT NULL, 
	CONSTRAINT pk_action PRIMARY KEY (id), 
	CONSTRAINT fk_action_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id)
);
CREATE TABLE advice (
	id TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	version_id TEXT NOT NULL, 
	version_hash TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	theme TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	motivation TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	function TEXT NOT NULL, 
	thought_along INTEGER NOT NULL, 
	standing_id TEXT NOT NULL, 
	again_on TEXT NOT NULL, 
	state TEXT NOT NULL, 
	read_by TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT pk_advice PRIMARY KEY (id), 
	CONSTRAINT fk_advice_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id), 
	CONSTRAINT fk_advice_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_advice_version FOREIGN KEY(version_id) REFERENCES version (id)
);
INSERT INTO "advice" VALUES('37a1afc5-74ba-4b78-b4a0-7b5bf56fcbbd','93d924d9-3763-4784-a53c-0054aa50396e','005fb8da-2aee-4b8f-90d1-8b86ac627973','ad39b4e1949bb01da0b0f7dc62e757fb1516ca2c766a737ded16099b929fd1bc','po','','go_on_with_conditions','Goed.','11111111-0000-4000-8000-000000000002','',0,'','','given','','2026-11-25T18:45:33.000120Z');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE answer_history (
	dossier_id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	question TEXT NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_answer_history PRIMARY KEY (dossier_id, version, question), 
	CONSTRAINT fk_answer_history_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id)
);
CREATE TABLE condition (
	id TEXT NOT NULL, 
	advice_id TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	due TEXT NOT NULL, 
	done_at TEXT NOT NULL, 
	done_by TEXT NOT NULL, 
	done_note TEXT NOT NULL, 
	done_reference TEXT NOT NULL, 
	CONSTRAINT pk_condition PRIMARY KEY (id), 
	CONSTRAINT fk_condition_advice FOREIGN KEY(advice_id) REFERENCES advice (id), 
	CONSTRAINT fk_condition_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id)
);
INSERT INTO "condition" VALUES('7c4306cc-2736-4789-bdd4-3bb62f40bd0a','37a1afc5-74ba-4b78-b4a0-7b5bf56fcbbd','93d924d9-3763-4784-a53c-0054aa50396e','Zet het uit.','beheer','2027-01-15','','','','');
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
	updated_at TEXT NOT NULL, state TEXT DEFAULT 'new' NOT NULL, taken_by TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_dossier PRIMARY KEY (id), 
	CONSTRAINT ck_dossier_language CHECK (language IN ('nl', 'en')), 
	CONSTRAINT ck_dossier_version CHECK (version >= 1), 
	CONSTRAINT fk_dossier_edition FOREIGN KEY(edition_hash) REFERENCES edition (hash), 
	CONSTRAINT fk_dossier_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT uq_dossier_organisation_id_number UNIQUE (organisation_id, number)
);
INSERT INTO "dossier" VALUES('93d924d9-3763-4784-a53c-0054aa50396e',1,'2026-001','Van de tweede uitgave','','nl','6e32949efe5344590245aa7110eabdf6bc29bef64c8ca93dda64176949dcdb6a','b3f6ab898263fbea3ff2f741117bcd6b',4,'d2c1f69b06912c30a598c31b71659d87982cc7075598cd852298c6d63ac42de2','{"answers":{"q":{"at":"2026-11-25T18:45:33.000120Z","by":"11111111-0000-4000-8000-000000000001","motivation":"Van de tweede uitgave","rev":1,"value":"a"}},"format":1,"other_views":{},"project":{"organisation":"Oeverland","rev":1,"title":"Van de tweede uitgave"},"trees":[]}','2026-11-25T18:45:33.000120Z','2026-11-25T18:45:33.000120Z','advised','');
CREATE TABLE draft (
	person_id TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	question TEXT NOT NULL, 
	rev INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (person_id, dossier_id, question), 
	CONSTRAINT fk_draft_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id), 
	CONSTRAINT fk_draft_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE edition (
	hash TEXT NOT NULL, 
	body TEXT NOT NULL, 
	saved_at TEXT NOT NULL, 
	CONSTRAINT pk_edition PRIMARY KEY (hash)
);
INSERT INTO "edition" VALUES('6e32949efe5344590245aa7110eabdf6bc29bef64c8ca93dda64176949dcdb6a','{"format":1,"title":"Ethische toets – proef"}','2026-11-26T03:32:56+00:00');
CREATE TABLE ending (
	id TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	signal TEXT NOT NULL, 
	how TEXT NOT NULL, 
	certain INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	at TEXT NOT NULL, 
	lapsed_at TEXT NOT NULL, 
	CONSTRAINT pk_ending PRIMARY KEY (id), 
	CONSTRAINT fk_ending_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id), 
	CONSTRAINT fk_ending_person FOREIGN KEY(person_id) REFERENCES person (id)
);
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
INSERT INTO "event" VALUES('93d924d9-3763-4784-a53c-0054aa50396e',1,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','created','','73a1a35e64cd437065c911f5e6a9a4e529a1fa7fcdbf4f9dddd4fa19a8a303b4','','9f39ae4906d8571491d3c99c6fdc79ba87211184c0a70dea99b2a00c43833953');
INSERT INTO "event" VALUES('93d924d9-3763-4784-a53c-0054aa50396e',2,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','remarked','f60ceff6-4a80-4f6b-bcef-3e5ba726fb7f a8e54613f0f7b406d15d540d937d5b48e6ec897c3b4131211db60bfe2336b02d','73a1a35e64cd437065c911f5e6a9a4e529a1fa7fcdbf4f9dddd4fa19a8a303b4','9f39ae4906d8571491d3c99c6fdc79ba87211184c0a70dea99b2a00c43833953','bf29328e9ac978beaab2c153baf4f06fcff20fea81f894a052b5c2a8ec6a949d');
INSERT INTO "event" VALUES('93d924d9-3763-4784-a53c-0054aa50396e',3,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','handed_in','005fb8da-2aee-4b8f-90d1-8b86ac627973 b7920aa8cd32720fa1fe47fef30619d757b345dc21e01550bc40f625219173f7','73a1a35e64cd437065c911f5e6a9a4e529a1fa7fcdbf4f9dddd4fa19a8a303b4','bf29328e9ac978beaab2c153baf4f06fcff20fea81f894a052b5c2a8ec6a949d','d52c04a89af7303deb37c7a179e49aef32070b56ecda27572337167d8a9f7e87');
INSERT INTO "event" VALUES('93d924d9-3763-4784-a53c-0054aa50396e',4,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000002','advised','37a1afc5-74ba-4b78-b4a0-7b5bf56fcbbd a1cb7d97ebfb3a12f3bdbeffaa698c4d7910c9a0d68a082113ebff8fa77f47e1 7c4306cc-2736-4789-bdd4-3bb62f40bd0a 2f4952373337814b3fc9cc7b67a9ec118b0fd5bae6c4f10768b071b47d04ba05 005fb8da-2aee-4b8f-90d1-8b86ac627973 73a887fd4dfd841da0350e25e3b2e38741c9ac57f3947b0cbecf8aa76f371dae','73a1a35e64cd437065c911f5e6a9a4e529a1fa7fcdbf4f9dddd4fa19a8a303b4','d52c04a89af7303deb37c7a179e49aef32070b56ecda27572337167d8a9f7e87','d2c1f69b06912c30a598c31b71659d87982cc7075598cd852298c6d63ac42de2');
CREATE TABLE identity (
	issuer TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	CONSTRAINT pk_identity PRIMARY KEY (issuer, subject), 
	CONSTRAINT fk_identity_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE invitation (
	id TEXT NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	email TEXT NOT NULL, 
	roles TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	relation TEXT NOT NULL, 
	until TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	expires_at TEXT NOT NULL, 
	used_at TEXT NOT NULL, 
	CONSTRAINT pk_invitation PRIMARY KEY (id), 
	CONSTRAINT fk_invitation_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE TABLE member (
	dossier_id TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	relation TEXT NOT NULL, 
	theme TEXT NOT NULL, 
	until TEXT NOT NULL, 
	since TEXT NOT NULL, 
	CONSTRAINT pk_member PRIMARY KEY (dossier_id, person_id), 
	CONSTRAINT fk_member_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id), 
	CONSTRAINT fk_member_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT ck_member_relation CHECK (relation IN ('owner', 'editor', 'viewer', 'guest', 'adviser'))
);
INSERT INTO "member" VALUES('93d924d9-3763-4784-a53c-0054aa50396e','11111111-0000-4000-8000-000000000001','owner','','','2026-11-25T18:45:33.000120Z');
CREATE TABLE numbering (
	organisation_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_numbering PRIMARY KEY (organisation_id, year), 
	CONSTRAINT fk_numbering_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
INSERT INTO "numbering" VALUES(1,2026,1);
CREATE TABLE organisation (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	head TEXT NOT NULL, 
	CONSTRAINT pk_organisation PRIMARY KEY (id), 
	CONSTRAINT ck_organisation_version CHECK (version >= 0)
);
INSERT INTO "organisation" VALUES(1,3,'6ad17cfad74919d19b5e45b7fef101eec844fe2d1ef0eab80d3035205cf52fe2');
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
INSERT INTO "organisation_event" VALUES(1,1,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','person_came','11111111-0000-4000-8000-000000000001','0aa3b11abe912f20ca4a86d862e1fc873c6a4052b8770dc917c80f78b0a259b5','','bbfdcae4453f5aae591b721a7faf6f9294163088779fa884c117af3ed4dc3525');
INSERT INTO "organisation_event" VALUES(1,2,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000002','person_came','11111111-0000-4000-8000-000000000002','6f88869a7eb213445b2034450934bc1b0811ac6314cf9f3562949e56a5a55508','bbfdcae4453f5aae591b721a7faf6f9294163088779fa884c117af3ed4dc3525','d9174175a29a5bffb3c35e9d470e476db9e1c1e49825df1feda8c9fef278489c');
INSERT INTO "organisation_event" VALUES(1,3,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000003','person_came','11111111-0000-4000-8000-000000000003','e4e6bacdd917a1ca9c2060d0e236bf180084a9cb0dd5306b9ee0dc0a35bc1a5d','d9174175a29a5bffb3c35e9d470e476db9e1c1e49825df1feda8c9fef278489c','6ad17cfad74919d19b5e45b7fef101eec844fe2d1ef0eab80d3035205cf52fe2');
CREATE TABLE person (
	id TEXT NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	email TEXT NOT NULL, 
	function TEXT NOT NULL, 
	roles TEXT NOT NULL, 
	passphrase TEXT NOT NULL, 
	totp TEXT NOT NULL, 
	totp_step INTEGER NOT NULL, 
	ended_at TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT fk_person_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT uq_person_organisation_id_email UNIQUE (organisation_id, email)
);
INSERT INTO "person" VALUES('11111111-0000-4000-8000-000000000001',1,'Iemand','1@oeverland.example','','','','',0,'','2026-11-25T18:45:33.000120Z');
INSERT INTO "person" VALUES('11111111-0000-4000-8000-000000000002',1,'Iemand','2@oeverland.example','','po','','',0,'','2026-11-25T18:45:33.000120Z');
INSERT INTO "person" VALUES('11111111-0000-4000-8000-000000000003',1,'Iemand','3@oeverland.example','','fg','','',0,'','2026-11-25T18:45:33.000120Z');
CREATE TABLE phrase (
	id TEXT NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	CONSTRAINT pk_phrase PRIMARY KEY (id), 
	CONSTRAINT fk_phrase_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE TABLE question_link (
	id TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	question TEXT NOT NULL, 
	sent_to TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	expires_at TEXT NOT NULL, 
	answered_at TEXT NOT NULL, 
	ended_at TEXT NOT NULL, 
	CONSTRAINT pk_question_link PRIMARY KEY (id), 
	CONSTRAINT fk_question_link_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id)
);
CREATE TABLE recovery_code (
	person_id TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_recovery_code PRIMARY KEY (person_id, hash), 
	CONSTRAINT fk_recovery_code_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE remark (
	id TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	question TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	answers TEXT NOT NULL, 
	text TEXT NOT NULL, 
	shared INTEGER NOT NULL, 
	assigned TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	settled_by TEXT NOT NULL, 
	settled_at TEXT NOT NULL, 
	rev INTEGER NOT NULL, 
	CONSTRAINT pk_remark PRIMARY KEY (id), 
	CONSTRAINT fk_remark_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id)
);
INSERT INTO "remark" VALUES('f60ceff6-4a80-4f6b-bcef-3e5ba726fb7f','93d924d9-3763-4784-a53c-0054aa50396e','q','remark','','Waarom?',0,'','11111111-0000-4000-8000-000000000001','2026-11-25T18:45:33.000120Z','','',1);
CREATE TABLE session (
	id TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	how TEXT NOT NULL, 
	began_at TEXT NOT NULL, 
	seen_at TEXT NOT NULL, 
	CONSTRAINT pk_session PRIMARY KEY (id), 
	CONSTRAINT fk_session_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE setting (
	organisation_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (organisation_id, name), 
	CONSTRAINT fk_setting_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE TABLE stance (
	version_id TEXT NOT NULL, 
	signal TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	level TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT pk_stance PRIMARY KEY (version_id, signal, person_id), 
	CONSTRAINT fk_stance_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id), 
	CONSTRAINT fk_stance_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_stance_version FOREIGN KEY(version_id) REFERENCES version (id)
);
CREATE TABLE standing_advice (
	id TEXT NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	motivation TEXT NOT NULL, 
	conditions TEXT NOT NULL, 
	picks TEXT NOT NULL, 
	until TEXT NOT NULL, 
	used INTEGER NOT NULL, 
	made_by TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	ended_at TEXT NOT NULL, 
	CONSTRAINT pk_standing_advice PRIMARY KEY (id), 
	CONSTRAINT fk_standing_advice_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE TABLE summary (
	dossier_id TEXT NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	number TEXT NOT NULL, 
	title TEXT NOT NULL, 
	phase TEXT NOT NULL, 
	domain TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	stops INTEGER NOT NULL, 
	highs INTEGER NOT NULL, 
	open_points INTEGER NOT NULL, 
	wanted_start TEXT NOT NULL, 
	waiting_since TEXT NOT NULL, 
	taken_by TEXT NOT NULL, 
	is_light INTEGER NOT NULL, 
	CONSTRAINT pk_summary PRIMARY KEY (dossier_id), 
	CONSTRAINT fk_summary_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id)
);
INSERT INTO "summary" VALUES('93d924d9-3763-4784-a53c-0054aa50396e',1,'advised','2026-001','Van de tweede uitgave','idea','','go_on',0,0,0,'9999-12-31','2026-11-25T18:45:33.000120Z','',1);
CREATE TABLE summary_word (
	word TEXT NOT NULL, 
	state TEXT NOT NULL, 
	wanted_start TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	CONSTRAINT pk_summary_word PRIMARY KEY (word, state, wanted_start, dossier_id), 
	CONSTRAINT fk_summary_word_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id)
);
INSERT INTO "summary_word" VALUES('2026-001','advised','9999-12-31','93d924d9-3763-4784-a53c-0054aa50396e');
INSERT INTO "summary_word" VALUES('de','advised','9999-12-31','93d924d9-3763-4784-a53c-0054aa50396e');
INSERT INTO "summary_word" VALUES('tweede','advised','9999-12-31','93d924d9-3763-4784-a53c-0054aa50396e');
INSERT INTO "summary_word" VALUES('uitgave','advised','9999-12-31','93d924d9-3763-4784-a53c-0054aa50396e');
INSERT INTO "summary_word" VALUES('van','advised','9999-12-31','93d924d9-3763-4784-a53c-0054aa50396e');
CREATE TABLE throttle (
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	tries INTEGER NOT NULL, 
	since TEXT NOT NULL, 
	CONSTRAINT pk_throttle PRIMARY KEY (kind, subject)
);
CREATE TABLE version (
	id TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	note TEXT NOT NULL, 
	wanted_start TEXT NOT NULL, 
	decider TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	ended_as TEXT NOT NULL, 
	ended_at TEXT NOT NULL, 
	CONSTRAINT pk_version PRIMARY KEY (id), 
	CONSTRAINT fk_version_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id), 
	CONSTRAINT uq_version_dossier_id_number UNIQUE (dossier_id, number)
);
INSERT INTO "version" VALUES('005fb8da-2aee-4b8f-90d1-8b86ac627973','93d924d9-3763-4784-a53c-0054aa50396e',1,'{"answers":{"q":"a"},"answers_hash":"29a9829b3c03948275ca3be1cb7b633c0207849d2c0bd3215060f2ac05abce64","conclusions":[],"credits":"De assistent werkt in de geest van het gesprek van De Ethische Data Assistent (DEDA) van de Universiteit Utrecht. Hij hoort daar niet bij. Alle teksten schreven wij zelf.","edition":{"hash":"c77d3339c6805943ca2cacaedd8efb69c9ad0af493ea2a64b3ffdae524404ca0","thresholds":[],"trees":[{"id":"tree","says":"text"}]},"facts":[],"fixed_sentence":"Dit overzicht ordent het gesprek. Het is geen toestemming, en zegt niet dat alles klopt. De privacy officer adviseert, de gemeente beslist.","hand_in":null,"language":"nl","later":[],"limits":["Hij geeft geen toestemming en geen oordeel. Ook een dossier zonder opmerkingen bewijst niet dat alles klopt.","Hij geeft geen score en geen percentage.","Hij vervangt geen DPIA (onderzoek naar de gevolgen voor mensen) en geen juridisch advies. Ook het gesprek met de mensen om wie het gaat, blijft nodig.","Hij kent alleen jullie antwoorden en controleert ze niet."],"made_on":"2026-11-25","made_on_says":"25 november 2026","matters_most":[],"not_asked":[],"open_points":[],"other_views":[],"outcome":{"explains":"De antwoorden roepen geen open punten op. Kijk opnieuw als het plan verandert.","id":"go_on","open_questions":0,"says":"Verder, en blijf opletten"},"path":["q"],"project":{"number":"2026-001","organisation":"Oeverland","phase":{"id":"idea","says":"Idee"},"step":"","title":"Van de tweede uitgave","version":0},"set_aside":[],"signals":[],"sources":[],"strengths":[],"themes":[{"answers":[{"ask":"text","certain":true,"code":"Q1","deliberation":false,"due":"","header":[],"lines":["a"],"mark":"answered","mark_says":"Ingevuld","motivation":"","not_applicable":"","other_views":[],"owner":"","question":"q","rows":[],"to_confirm":""}],"gate":"real_data","theme":"theme","title":"text","tree":"tree","tree_says":"text"}],"to_confirm":[],"trees":[]}','ad39b4e1949bb01da0b0f7dc62e757fb1516ca2c766a737ded16099b929fd1bc','','','','11111111-0000-4000-8000-000000000001','2026-11-25T18:45:33.000120Z','advised','2026-11-25T18:45:33.000120Z');
CREATE INDEX ix_dossier_organisation_id_updated_at_id ON dossier (organisation_id, updated_at, id);
CREATE INDEX ix_dossier_draft ON dossier (organisation_id, updated_at, id) WHERE state IN ('new', 'team');
CREATE INDEX ix_member_person_id_dossier_id ON member (person_id, dossier_id);
CREATE INDEX ix_question_link_dossier_id ON question_link (dossier_id);
CREATE INDEX ix_session_person_id ON session (person_id);
CREATE INDEX ix_action_dossier_id ON action (dossier_id);
CREATE INDEX ix_ending_dossier_id_signal ON ending (dossier_id, signal);
CREATE INDEX ix_remark_dossier_id_question ON remark (dossier_id, question);
CREATE INDEX ix_summary_domain ON summary (organisation_id, state, domain, wanted_start, dossier_id);
CREATE INDEX ix_summary_outcome ON summary (organisation_id, state, outcome, wanted_start, dossier_id);
CREATE INDEX ix_summary_taken_by ON summary (organisation_id, state, taken_by, wanted_start, dossier_id);
CREATE INDEX ix_summary_queue ON summary (organisation_id, state, wanted_start, dossier_id);
CREATE INDEX ix_advice_dossier_id ON advice (dossier_id);
CREATE INDEX ix_summary_word_dossier_id_word ON summary_word (dossier_id, word);
CREATE INDEX ix_condition_dossier_id ON condition (dossier_id);
CREATE INDEX ix_condition_due ON condition (due);
COMMIT;
