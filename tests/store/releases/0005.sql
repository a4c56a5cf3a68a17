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
INSERT INTO "action" VALUES('8732d8c5-7df1-4fb9-965d-ef5ef1768b72','da25dfb4-6597-4ce5-a1d9-3f7bd93d8252','','Bel.','jurist','2026-12-01','11111111-0000-4000-8000-000000000001','2026-11-25T18:45:33.000120Z','','','',1);
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
INSERT INTO "advice" VALUES('c22b8aab-c1b3-4967-9e18-bcf1de2e75d5','9c6700b0-256f-456d-b9c4-1efcf6f60c32','11e1377c-b4c6-4131-9933-d37b367adf45','d4cacf8f29fb07b2af1b99ab35ac7ff21fef0ded68069df0b1c34bfd2ab4744e','po','','go_on_with_conditions','Tel zonder kenteken.','11111111-0000-4000-8000-000000000002','',0,'','','given','','2026-11-25T18:45:33.000120Z');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
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
INSERT INTO "condition" VALUES('f9628d0f-f260-4a93-9d3b-d50b01de00ef','c22b8aab-c1b3-4967-9e18-bcf1de2e75d5','9c6700b0-256f-456d-b9c4-1efcf6f60c32','Bewaar geen beelden.','','','','','','');
CREATE TABLE decision (
	id TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	decided_by TEXT NOT NULL, 
	decided_on TEXT NOT NULL, 
	departs INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	look_again TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT pk_decision PRIMARY KEY (id), 
	CONSTRAINT fk_decision_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id), 
	CONSTRAINT fk_decision_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "decision" VALUES('12ed84d1-7650-4939-98c2-45c7443c6ce2','9c6700b0-256f-456d-b9c4-1efcf6f60c32','go_on','het college','2026-11-26',0,'Het helpt de markt.','','','11111111-0000-4000-8000-000000000001','2026-11-25T18:45:33.000120Z');
CREATE TABLE destruction (
	id TEXT NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	ground TEXT NOT NULL, 
	years INTEGER NOT NULL, 
	made_by TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	settled_by TEXT NOT NULL, 
	settled_at TEXT NOT NULL, 
	CONSTRAINT pk_destruction PRIMARY KEY (id), 
	CONSTRAINT fk_destruction_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT ck_destruction_ck_destruction_state CHECK (state IN ('proposed', 'approved', 'refused'))
);
CREATE TABLE destruction_item (
	destruction_id TEXT NOT NULL, 
	number TEXT NOT NULL, 
	dossier TEXT NOT NULL, 
	begun_on TEXT NOT NULL, 
	closed_on TEXT NOT NULL, 
	destroyed_at TEXT NOT NULL, 
	left_as TEXT NOT NULL, 
	CONSTRAINT pk_destruction_item PRIMARY KEY (destruction_id, number), 
	CONSTRAINT fk_destruction_item_destruction FOREIGN KEY(destruction_id) REFERENCES destruction (id)
);
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
INSERT INTO "dossier" VALUES('9c6700b0-256f-456d-b9c4-1efcf6f60c32',1,'2026-001','Van de vijfde uitgave','','nl','6e32949efe5344590245aa7110eabdf6bc29bef64c8ca93dda64176949dcdb6a','7cf0420323c9e9731dee1e0200593777',5,'7460bd906bb51690fb6a8e6b5c841513a7ab03db8d13ce81250684c19877c75e','{"answers":{"q":{"at":"2026-11-25T18:45:33.000120Z","by":"11111111-0000-4000-8000-000000000001","rev":2,"value":"Wij tellen bakfietsen op het marktplein."}},"format":1,"other_views":{},"project":{"organisation":"Oeverland","rev":1,"title":"Van de vijfde uitgave"},"trees":[]}','2026-11-25T18:45:33.000120Z','2026-11-25T18:45:33.000120Z','running','');
INSERT INTO "dossier" VALUES('da25dfb4-6597-4ce5-a1d9-3f7bd93d8252',1,'2026-002','Nog bezig','','nl','6e32949efe5344590245aa7110eabdf6bc29bef64c8ca93dda64176949dcdb6a','2f6c78b545a11d2cd1642767e9cd4168',4,'7f10514f3e6c23f23f3bf40a211551e0117b66ce11804ef79f4e38ec37131ffa','{"answers":{"q":{"at":"2026-11-25T18:45:33.000120Z","by":"11111111-0000-4000-8000-000000000001","rev":2,"value":"Wij tellen bakfietsen op het marktplein."}},"format":1,"other_views":{},"project":{"organisation":"Oeverland","rev":1,"title":"Nog bezig"},"trees":[]}','2026-11-25T18:45:33.000120Z','2026-11-25T18:45:33.000120Z','new','');
INSERT INTO "dossier" VALUES('7b086f85-9b51-484f-82d8-2fceecc80cdb',1,'2026-003','Teruggegeven','','nl','6e32949efe5344590245aa7110eabdf6bc29bef64c8ca93dda64176949dcdb6a','8d9026d19a98bc6d0c9c0b99fa6331ee',5,'46f45f24023c858ca52a62fa974bcc6012ce3cbd57c1fb36e86681c6f7898be5','{"answers":{"q":{"at":"2026-11-25T18:45:33.000120Z","by":"11111111-0000-4000-8000-000000000001","rev":2,"value":"Wij tellen bakfietsen op het marktplein."}},"format":1,"other_views":{},"project":{"organisation":"Oeverland","rev":1,"title":"Teruggegeven"},"trees":[]}','2026-11-25T18:45:33.000120Z','2026-11-25T18:45:33.000120Z','closed','');
CREATE TABLE dossier_origin (
	dossier_id TEXT NOT NULL, 
	workshop_id TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	CONSTRAINT pk_dossier_origin PRIMARY KEY (dossier_id), 
	CONSTRAINT fk_dossier_origin_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id)
);
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
INSERT INTO "edition" VALUES('6e32949efe5344590245aa7110eabdf6bc29bef64c8ca93dda64176949dcdb6a','{"format":1,"title":"Ethische toets – proef"}','2026-11-26T08:10:48+00:00');
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
INSERT INTO "event" VALUES('9c6700b0-256f-456d-b9c4-1efcf6f60c32',1,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','created','','05d0b382b2c9e876db5dc52bd0caaed696766b300a08fbf9cd6e6b699c7956d7','','da5e40ab27fb76fc37cad9507faeaaf263c3bf6bab65e387d069b10e89a215de');
INSERT INTO "event" VALUES('9c6700b0-256f-456d-b9c4-1efcf6f60c32',2,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','answered','q','b69095e4c9f513ac95e8f492a5386cdb1d0e63b7ca4b53a46979ce468d8129be','da5e40ab27fb76fc37cad9507faeaaf263c3bf6bab65e387d069b10e89a215de','11f54cd52f1ac8cadeb06234f3017745ce0bae417b84e79fa5b056adb6bf8771');
INSERT INTO "event" VALUES('9c6700b0-256f-456d-b9c4-1efcf6f60c32',3,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','handed_in','11e1377c-b4c6-4131-9933-d37b367adf45 608985825738e99bb8a426cca31623c48b4c604a4172de8a0f2068876fe0f644','b69095e4c9f513ac95e8f492a5386cdb1d0e63b7ca4b53a46979ce468d8129be','11f54cd52f1ac8cadeb06234f3017745ce0bae417b84e79fa5b056adb6bf8771','94a3399b46caad5d264818ccf890cd81c12d37fc8481f2c32d818b9cf02f470f');
INSERT INTO "event" VALUES('9c6700b0-256f-456d-b9c4-1efcf6f60c32',4,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000002','advised','c22b8aab-c1b3-4967-9e18-bcf1de2e75d5 b1b3f129c3a9155318e258b00400cb7782eab18f3aadd4e118d50edd9a779a84 f9628d0f-f260-4a93-9d3b-d50b01de00ef b0f98a1db40f972fdc5c0267258b682dc58eb56d7180a7d0a753e3d282411f82 11e1377c-b4c6-4131-9933-d37b367adf45 06849b694fbde794aa3487c428dab55674dd2a1329f5b914a4f299227a58c88a','b69095e4c9f513ac95e8f492a5386cdb1d0e63b7ca4b53a46979ce468d8129be','94a3399b46caad5d264818ccf890cd81c12d37fc8481f2c32d818b9cf02f470f','1c9be06e4924c8d32ee2e62ecbc7838bfc6f5577c4fd311548c449519578728c');
INSERT INTO "event" VALUES('9c6700b0-256f-456d-b9c4-1efcf6f60c32',5,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','decided_go_on','12ed84d1-7650-4939-98c2-45c7443c6ce2 935aab295311e507481e7e6e3bacf8f25f9288bc617ee0894e7d26a94caf5658','b69095e4c9f513ac95e8f492a5386cdb1d0e63b7ca4b53a46979ce468d8129be','1c9be06e4924c8d32ee2e62ecbc7838bfc6f5577c4fd311548c449519578728c','7460bd906bb51690fb6a8e6b5c841513a7ab03db8d13ce81250684c19877c75e');
INSERT INTO "event" VALUES('da25dfb4-6597-4ce5-a1d9-3f7bd93d8252',1,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','created','','10ff7eee6b1852adbb681fcfec95e6fd5768381b21c426ec5c3343401d5dd1c6','','35cf0613acc75ed07c583258a547df153b4f7c0d7e8e76a7724f9c294a745b6a');
INSERT INTO "event" VALUES('da25dfb4-6597-4ce5-a1d9-3f7bd93d8252',2,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','answered','q','01d68af45bc5280e68e757e5f8a6ddad702a63728618961a25859db5d65ba673','35cf0613acc75ed07c583258a547df153b4f7c0d7e8e76a7724f9c294a745b6a','be887d443c7edd77aed7bc75d2bf9f7659514f6eb9bb82b89f80f4ed1c00be8e');
INSERT INTO "event" VALUES('da25dfb4-6597-4ce5-a1d9-3f7bd93d8252',3,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','remarked','c3e4cdcb-1468-4166-ae80-c28540d9a246 67d574f2d818e539c36fe9b1874b229a35b5e5c24741100d535b816b66eb4e77','01d68af45bc5280e68e757e5f8a6ddad702a63728618961a25859db5d65ba673','be887d443c7edd77aed7bc75d2bf9f7659514f6eb9bb82b89f80f4ed1c00be8e','3dac0dfdfe8ae32810c1dcec86c792530c79b6b00f519d5993ac8cf5245efe8b');
INSERT INTO "event" VALUES('da25dfb4-6597-4ce5-a1d9-3f7bd93d8252',4,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','action_made','8732d8c5-7df1-4fb9-965d-ef5ef1768b72 8797c8e4d338b38df615fdb326f0c5725d99cc7023b709a0434229bccb448cef','01d68af45bc5280e68e757e5f8a6ddad702a63728618961a25859db5d65ba673','3dac0dfdfe8ae32810c1dcec86c792530c79b6b00f519d5993ac8cf5245efe8b','7f10514f3e6c23f23f3bf40a211551e0117b66ce11804ef79f4e38ec37131ffa');
INSERT INTO "event" VALUES('7b086f85-9b51-484f-82d8-2fceecc80cdb',1,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','created','','ea789754a710367182a5c1028ba346475889016c59a444cdb202e1707b59fa65','','2434b4406df9c7a57c810143f335db7294401ee41d45373712171eac040d6713');
INSERT INTO "event" VALUES('7b086f85-9b51-484f-82d8-2fceecc80cdb',2,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','answered','q','ca445727abb085175349948a4906bc635b2033385de3e6ea7c31b39215ce9ddc','2434b4406df9c7a57c810143f335db7294401ee41d45373712171eac040d6713','fc3fc327940ecd03844c6c43b0ce560090f4de83b100408e1371194b3fc4a849');
INSERT INTO "event" VALUES('7b086f85-9b51-484f-82d8-2fceecc80cdb',3,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','handed_in','f3ed0a64-aa7f-486a-a8e2-8626ec38a271 ad10aee7ded724dc1b2df594b5dcdba8955d2559de5e2380ca55f652cacba7f5','ca445727abb085175349948a4906bc635b2033385de3e6ea7c31b39215ce9ddc','fc3fc327940ecd03844c6c43b0ce560090f4de83b100408e1371194b3fc4a849','5cf55add197154ba4004318f30a53c6f389a309ea66c377a36c54ec984cdbb18');
INSERT INTO "event" VALUES('7b086f85-9b51-484f-82d8-2fceecc80cdb',4,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000002','returned','f3ed0a64-aa7f-486a-a8e2-8626ec38a271 f8238fb7308325fdb451e4c5086eb08a7d01dd8c362939bd712561a1acdbb91a','ca445727abb085175349948a4906bc635b2033385de3e6ea7c31b39215ce9ddc','5cf55add197154ba4004318f30a53c6f389a309ea66c377a36c54ec984cdbb18','0d279f476e761c6509e98404a7ff06e519dc4ef12bfb5909892c87d3f2bf6dd2');
INSERT INTO "event" VALUES('7b086f85-9b51-484f-82d8-2fceecc80cdb',5,'2026-11-25T18:45:33.000120Z','11111111-0000-4000-8000-000000000001','closed','','ca445727abb085175349948a4906bc635b2033385de3e6ea7c31b39215ce9ddc','0d279f476e761c6509e98404a7ff06e519dc4ef12bfb5909892c87d3f2bf6dd2','46f45f24023c858ca52a62fa974bcc6012ce3cbd57c1fb36e86681c6f7898be5');
CREATE TABLE hold (
	dossier_id TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT pk_hold PRIMARY KEY (dossier_id), 
	CONSTRAINT fk_hold_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id)
);
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
INSERT INTO "member" VALUES('9c6700b0-256f-456d-b9c4-1efcf6f60c32','11111111-0000-4000-8000-000000000001','owner','','','2026-11-25T18:45:33.000120Z');
INSERT INTO "member" VALUES('da25dfb4-6597-4ce5-a1d9-3f7bd93d8252','11111111-0000-4000-8000-000000000001','owner','','','2026-11-25T18:45:33.000120Z');
INSERT INTO "member" VALUES('7b086f85-9b51-484f-82d8-2fceecc80cdb','11111111-0000-4000-8000-000000000001','owner','','','2026-11-25T18:45:33.000120Z');
CREATE TABLE numbering (
	organisation_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_numbering PRIMARY KEY (organisation_id, year), 
	CONSTRAINT fk_numbering_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
INSERT INTO "numbering" VALUES(1,2026,3);
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
CREATE TABLE register_line (
	id TEXT NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	look_again TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	rev INTEGER NOT NULL, 
	CONSTRAINT pk_register_line PRIMARY KEY (id), 
	CONSTRAINT fk_register_line_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
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
INSERT INTO "remark" VALUES('c3e4cdcb-1468-4166-ae80-c28540d9a246','da25dfb4-6597-4ce5-a1d9-3f7bd93d8252','q','remark','','Klopt dit?',0,'','11111111-0000-4000-8000-000000000001','2026-11-25T18:45:33.000120Z','','',1);
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
INSERT INTO "summary" VALUES('9c6700b0-256f-456d-b9c4-1efcf6f60c32',1,'running','2026-001','Van de vijfde uitgave','idea','','go_on',0,0,0,'9999-12-31','2026-11-25T18:45:33.000120Z','',1);
INSERT INTO "summary" VALUES('7b086f85-9b51-484f-82d8-2fceecc80cdb',1,'closed','2026-003','Teruggegeven','idea','','go_on',0,0,0,'9999-12-31','2026-11-25T18:45:33.000120Z','',1);
CREATE TABLE summary_word (
	word TEXT NOT NULL, 
	state TEXT NOT NULL, 
	wanted_start TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	CONSTRAINT pk_summary_word PRIMARY KEY (word, state, wanted_start, dossier_id), 
	CONSTRAINT fk_summary_word_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id)
);
INSERT INTO "summary_word" VALUES('2026-001','running','9999-12-31','9c6700b0-256f-456d-b9c4-1efcf6f60c32');
INSERT INTO "summary_word" VALUES('de','running','9999-12-31','9c6700b0-256f-456d-b9c4-1efcf6f60c32');
INSERT INTO "summary_word" VALUES('uitgave','running','9999-12-31','9c6700b0-256f-456d-b9c4-1efcf6f60c32');
INSERT INTO "summary_word" VALUES('van','running','9999-12-31','9c6700b0-256f-456d-b9c4-1efcf6f60c32');
INSERT INTO "summary_word" VALUES('vijfde','running','9999-12-31','9c6700b0-256f-456d-b9c4-1efcf6f60c32');
INSERT INTO "summary_word" VALUES('2026-003','closed','9999-12-31','7b086f85-9b51-484f-82d8-2fceecc80cdb');
INSERT INTO "summary_word" VALUES('teruggegeven','closed','9999-12-31','7b086f85-9b51-484f-82d8-2fceecc80cdb');
CREATE TABLE throttle (
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	tries INTEGER NOT NULL, 
	since TEXT NOT NULL, 
	CONSTRAINT pk_throttle PRIMARY KEY (kind, subject)
);
CREATE TABLE variant (
	id TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	of_dossier TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	became TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	CONSTRAINT pk_variant PRIMARY KEY (id), 
	CONSTRAINT fk_variant_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id), 
	CONSTRAINT uq_variant_dossier_id UNIQUE (dossier_id), 
	CONSTRAINT ck_variant_ck_variant_kind CHECK (kind IN ('variant', 'next')), 
	CONSTRAINT ck_variant_ck_variant_became CHECK (became IN ('', 'chosen', 'weighed'))
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
INSERT INTO "version" VALUES('11e1377c-b4c6-4131-9933-d37b367adf45','9c6700b0-256f-456d-b9c4-1efcf6f60c32',1,'{"answers":{"q":"a"},"answers_hash":"29a9829b3c03948275ca3be1cb7b633c0207849d2c0bd3215060f2ac05abce64","conclusions":[],"credits":"De assistent werkt in de geest van het gesprek van De Ethische Data Assistent (DEDA) van de Universiteit Utrecht. Hij hoort daar niet bij. Alle teksten schreven wij zelf.","edition":{"hash":"c77d3339c6805943ca2cacaedd8efb69c9ad0af493ea2a64b3ffdae524404ca0","thresholds":[],"trees":[{"id":"tree","says":"text"}]},"facts":[],"fixed_sentence":"Dit overzicht ordent het gesprek. Het is geen toestemming, en zegt niet dat alles klopt. De privacy officer adviseert, de gemeente beslist.","hand_in":null,"language":"nl","later":[],"limits":["Hij geeft geen toestemming en geen oordeel. Ook een dossier zonder opmerkingen bewijst niet dat alles klopt.","Hij geeft geen score en geen percentage.","Hij vervangt geen DPIA (onderzoek naar de gevolgen voor mensen) en geen juridisch advies. Ook het gesprek met de mensen om wie het gaat, blijft nodig.","Hij kent alleen jullie antwoorden en controleert ze niet."],"made_on":"2026-11-25","made_on_says":"25 november 2026","matters_most":[],"not_asked":[],"open_points":[],"other_views":[],"outcome":{"explains":"De antwoorden roepen geen open punten op. Kijk opnieuw als het plan verandert.","id":"go_on","open_questions":0,"says":"Verder, en blijf opletten"},"path":["q"],"project":{"number":"2026-001","organisation":"Oeverland","phase":{"id":"idea","says":"Idee"},"step":"","title":"Van de vijfde uitgave","version":0},"set_aside":[],"signals":[],"sources":[],"strengths":[],"themes":[{"answers":[{"ask":"text","certain":true,"code":"Q1","deliberation":false,"due":"","header":[],"lines":["a"],"mark":"answered","mark_says":"Ingevuld","motivation":"","not_applicable":"","other_views":[],"owner":"","question":"q","rows":[],"to_confirm":""}],"gate":"real_data","theme":"theme","title":"text","tree":"tree","tree_says":"text"}],"to_confirm":[],"trees":[]}','d4cacf8f29fb07b2af1b99ab35ac7ff21fef0ded68069df0b1c34bfd2ab4744e','','','','11111111-0000-4000-8000-000000000001','2026-11-25T18:45:33.000120Z','advised','2026-11-25T18:45:33.000120Z');
INSERT INTO "version" VALUES('f3ed0a64-aa7f-486a-a8e2-8626ec38a271','7b086f85-9b51-484f-82d8-2fceecc80cdb',1,'{"answers":{"q":"a"},"answers_hash":"29a9829b3c03948275ca3be1cb7b633c0207849d2c0bd3215060f2ac05abce64","conclusions":[],"credits":"De assistent werkt in de geest van het gesprek van De Ethische Data Assistent (DEDA) van de Universiteit Utrecht. Hij hoort daar niet bij. Alle teksten schreven wij zelf.","edition":{"hash":"c77d3339c6805943ca2cacaedd8efb69c9ad0af493ea2a64b3ffdae524404ca0","thresholds":[],"trees":[{"id":"tree","says":"text"}]},"facts":[],"fixed_sentence":"Dit overzicht ordent het gesprek. Het is geen toestemming, en zegt niet dat alles klopt. De privacy officer adviseert, de gemeente beslist.","hand_in":null,"language":"nl","later":[],"limits":["Hij geeft geen toestemming en geen oordeel. Ook een dossier zonder opmerkingen bewijst niet dat alles klopt.","Hij geeft geen score en geen percentage.","Hij vervangt geen DPIA (onderzoek naar de gevolgen voor mensen) en geen juridisch advies. Ook het gesprek met de mensen om wie het gaat, blijft nodig.","Hij kent alleen jullie antwoorden en controleert ze niet."],"made_on":"2026-11-25","made_on_says":"25 november 2026","matters_most":[],"not_asked":[],"open_points":[],"other_views":[],"outcome":{"explains":"De antwoorden roepen geen open punten op. Kijk opnieuw als het plan verandert.","id":"go_on","open_questions":0,"says":"Verder, en blijf opletten"},"path":["q"],"project":{"number":"2026-003","organisation":"Oeverland","phase":{"id":"idea","says":"Idee"},"step":"","title":"Teruggegeven","version":0},"set_aside":[],"signals":[],"sources":[],"strengths":[],"themes":[{"answers":[{"ask":"text","certain":true,"code":"Q1","deliberation":false,"due":"","header":[],"lines":["a"],"mark":"answered","mark_says":"Ingevuld","motivation":"","not_applicable":"","other_views":[],"owner":"","question":"q","rows":[],"to_confirm":""}],"gate":"real_data","theme":"theme","title":"text","tree":"tree","tree_says":"text"}],"to_confirm":[],"trees":[]}','9abb2b0235512605dc5dd5333f3c59961201ee456cadd4f20630b306b8a8b7bd','','','','11111111-0000-4000-8000-000000000001','2026-11-25T18:45:33.000120Z','returned','2026-11-25T18:45:33.000120Z');
CREATE TABLE workshop (
	id TEXT NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	owner_id TEXT NOT NULL, 
	title TEXT NOT NULL, 
	language TEXT NOT NULL, 
	edition_hash TEXT NOT NULL, 
	sheet TEXT NOT NULL, 
	case_id TEXT NOT NULL, 
	about_dossier TEXT NOT NULL, 
	story TEXT NOT NULL, 
	chosen TEXT NOT NULL, 
	"plan" TEXT NOT NULL, 
	smallest INTEGER NOT NULL, 
	tables INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	at INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	code_until TEXT NOT NULL, 
	join_key TEXT NOT NULL, 
	screen_key TEXT NOT NULL, 
	ends_at TEXT NOT NULL, 
	parked TEXT NOT NULL, 
	rates TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	opened_at TEXT NOT NULL, 
	ended_at TEXT NOT NULL, 
	CONSTRAINT pk_workshop PRIMARY KEY (id), 
	CONSTRAINT fk_workshop_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT fk_workshop_edition FOREIGN KEY(edition_hash) REFERENCES edition (hash), 
	CONSTRAINT ck_workshop_ck_workshop_state CHECK (state IN ('prepared', 'open', 'ended')), 
	CONSTRAINT ck_workshop_ck_workshop_smallest CHECK (smallest BETWEEN 3 AND 10)
);
CREATE TABLE workshop_ballot (
	workshop_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	voter TEXT NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_workshop_ballot PRIMARY KEY (workshop_id, number, voter), 
	CONSTRAINT fk_workshop_ballot_workshop FOREIGN KEY(workshop_id) REFERENCES workshop (id)
)
 WITHOUT ROWID

;
CREATE TABLE workshop_note (
	id TEXT NOT NULL, 
	workshop_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	side TEXT NOT NULL, 
	text TEXT NOT NULL, 
	heading TEXT NOT NULL, 
	CONSTRAINT pk_workshop_note PRIMARY KEY (id), 
	CONSTRAINT fk_workshop_note_workshop FOREIGN KEY(workshop_id) REFERENCES workshop (id)
)
 WITHOUT ROWID

;
CREATE TABLE workshop_round (
	workshop_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	round_key TEXT NOT NULL, 
	paper TEXT NOT NULL, 
	tally TEXT NOT NULL, 
	CONSTRAINT pk_workshop_round PRIMARY KEY (workshop_id, number), 
	CONSTRAINT fk_workshop_round_workshop FOREIGN KEY(workshop_id) REFERENCES workshop (id), 
	CONSTRAINT ck_workshop_round_ck_workshop_round_state CHECK (state IN ('open', 'held', 'shown', 'withheld'))
);
CREATE TABLE workshop_seat (
	id TEXT NOT NULL, 
	workshop_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	discipline TEXT NOT NULL, 
	card TEXT NOT NULL, 
	CONSTRAINT pk_workshop_seat PRIMARY KEY (id), 
	CONSTRAINT fk_workshop_seat_workshop FOREIGN KEY(workshop_id) REFERENCES workshop (id)
)
 WITHOUT ROWID

;
CREATE TABLE workshop_table (
	workshop_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	pen TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_workshop_table PRIMARY KEY (workshop_id, number), 
	CONSTRAINT fk_workshop_table_workshop FOREIGN KEY(workshop_id) REFERENCES workshop (id)
);
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
CREATE INDEX ix_workshop_owner_id_made_at ON workshop (owner_id, made_at);
CREATE INDEX ix_workshop_code ON workshop (code);
CREATE INDEX ix_workshop_join_key ON workshop (join_key);
CREATE UNIQUE INDEX ix_workshop_screen_key ON workshop (screen_key);
CREATE UNIQUE INDEX ix_workshop_seat_workshop_id_number ON workshop_seat (workshop_id, number);
CREATE INDEX ix_workshop_table_pen ON workshop_table (pen);
CREATE INDEX ix_workshop_note_workshop_id_number ON workshop_note (workshop_id, number);
CREATE INDEX ix_decision_dossier_id ON decision (dossier_id);
CREATE INDEX ix_register_line_organisation_id_title ON register_line (organisation_id, title);
CREATE INDEX ix_variant_of_dossier ON variant (of_dossier);
COMMIT;
