BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE "conformity_certificate" (
	control_number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	created_at DATETIME NOT NULL, 
	vehicle_id INTEGER NOT NULL, 
	application_kind VARCHAR NOT NULL, 
	certificate_number VARCHAR, 
	status VARCHAR, 
	inspection_date DATE, 
	valid_until DATE, 
	message TEXT, 
	sending VARCHAR(20) NOT NULL, 
	request_key VARCHAR, 
	payload TEXT, 
	first_sent_at DATETIME, 
	last_sent_at DATETIME, 
	refusal TEXT, 
	version INTEGER NOT NULL, 
	updated_at DATETIME NOT NULL, 
	origin VARCHAR(20) NOT NULL, 
	area VARCHAR NOT NULL, 
	class_number VARCHAR NOT NULL, 
	kana VARCHAR NOT NULL, 
	serial VARCHAR NOT NULL, 
	chassis_number VARCHAR NOT NULL, 
	workshop_code VARCHAR NOT NULL, 
	inspector_code VARCHAR NOT NULL, 
	inspector_name VARCHAR NOT NULL, 
	vehicle_category VARCHAR NOT NULL, 
	vehicle_name VARCHAR NOT NULL, 
	model_code VARCHAR NOT NULL, 
	engine_model VARCHAR NOT NULL, 
	user_name VARCHAR NOT NULL, 
	user_address VARCHAR NOT NULL, 
	new_insurance_number VARCHAR NOT NULL, 
	new_insurer VARCHAR NOT NULL, 
	old_insurance_number VARCHAR NOT NULL, 
	old_insurer VARCHAR NOT NULL, 
	chassis_tail VARCHAR NOT NULL, 
	officially_stamped BOOLEAN NOT NULL, 
	odometer_km INTEGER, 
	issue_date DATE, 
	expiry_date DATE, 
	remarks TEXT NOT NULL, 
	is_closed BOOLEAN NOT NULL, 
	report_status VARCHAR, 
	insurance_match VARCHAR, 
	issued_at DATETIME, 
	status_updated_at DATETIME, 
	checked_at DATETIME, 
	waiting_since DATETIME, 
	next_try_at DATETIME, 
	pullback_requested_at DATETIME, 
	CONSTRAINT fk_conformity_certificate_vehicle_id FOREIGN KEY(vehicle_id) REFERENCES vehicle (id)
);
INSERT INTO "conformity_certificate" VALUES(1,'2026-11-24 00:00:00.000000',1,'OSS申請','1112345678','報告済','2026-11-24','2026-12-08',NULL,'draft',NULL,NULL,NULL,NULL,NULL,1,'2026-11-24 00:00:00.000000','電子','土浦','300','す','12','ABC12-0123456','08-0123','00112345','検査一郎','普通自動車','トヨタ','','','見本太郎','茨城県古河市見本1番2号','A123456789','見本損害保険','','','654321021CBA',0,NULL,'2026-11-24',NULL,'',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE filing (
	control_number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	vehicle_id INTEGER NOT NULL, 
	procedure VARCHAR(20) NOT NULL, 
	vehicle_class VARCHAR(20) NOT NULL, 
	planned_date DATE, 
	area VARCHAR NOT NULL, 
	class_number VARCHAR NOT NULL, 
	kana VARCHAR NOT NULL, 
	serial VARCHAR NOT NULL, 
	chassis_number VARCHAR NOT NULL, 
	officially_stamped BOOLEAN NOT NULL, 
	user_name VARCHAR NOT NULL, 
	user_kind VARCHAR(20) NOT NULL, 
	user_representative VARCHAR NOT NULL, 
	user_address1 VARCHAR NOT NULL, 
	user_address2 VARCHAR NOT NULL, 
	insurance_certificate_number VARCHAR NOT NULL, 
	conformity_certificate_number VARCHAR NOT NULL, 
	certificate_update VARCHAR NOT NULL, 
	recording_contract_number VARCHAR NOT NULL, 
	filing_id VARCHAR, 
	requested_at DATETIME, 
	status VARCHAR, 
	oss_status VARCHAR, 
	status_updated_at DATETIME, 
	message TEXT, 
	checked_at DATETIME, 
	forgotten BOOLEAN NOT NULL, 
	is_finished BOOLEAN NOT NULL, 
	is_closed BOOLEAN NOT NULL, 
	holds_vehicle BOOLEAN NOT NULL, 
	plate_key VARCHAR NOT NULL, 
	chassis_tail VARCHAR NOT NULL, 
	sending VARCHAR(20) NOT NULL, 
	request_key VARCHAR, 
	payload TEXT, 
	first_sent_at DATETIME, 
	last_sent_at DATETIME, 
	refusal TEXT, 
	CONSTRAINT fk_filing_vehicle_id FOREIGN KEY(vehicle_id) REFERENCES vehicle (id)
);
INSERT INTO "filing" VALUES(1,1,'2026-11-24 00:00:00.000000','2026-11-24 00:00:00.000000',1,'継続検査','普通',NULL,'土浦','300','さ','1234','ZN6-012345',0,'見本太郎','個人','','茨城県古河市見本一丁目','1番2号','A123456789','1112345678','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,1,'土浦300さ1234','5432106NZ','draft',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "filing" VALUES(2,1,'2026-11-24 00:00:00.000000','2026-11-24 00:00:00.000000',2,'継続検査','普通',NULL,'成田','500','さ','12','ZN6-012345',0,'見本太郎','個人','','茨城県古河市見本一丁目','1番2号','A123456789','1112345678','','','1000000008','2026-11-24 00:00:00.000000','手続完了','手続(交付)完了',NULL,NULL,NULL,0,1,1,0,'成田500さ12','5432106NZ','filed','00000000-0000-4000-8000-000000000002','{"control_number": "2"}',NULL,NULL,NULL);
CREATE TABLE filing_fee (
	id INTEGER NOT NULL, 
	control_number INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	amount INTEGER, 
	payment_status VARCHAR, 
	due_date DATE, 
	CONSTRAINT pk_filing_fee PRIMARY KEY (id), 
	CONSTRAINT fk_filing_fee_control_number FOREIGN KEY(control_number) REFERENCES filing (control_number) ON DELETE CASCADE
);
INSERT INTO "filing_fee" VALUES(1,2,1,'検査登録手数料',1800,NULL,'2026-12-01');
CREATE TABLE "insurance_certificate" (
	control_number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	created_at DATETIME NOT NULL, 
	vehicle_id INTEGER NOT NULL, 
	insurer VARCHAR NOT NULL, 
	certificate_number VARCHAR, 
	start_date DATE, 
	end_date DATE, 
	months INTEGER, 
	contract_kind VARCHAR NOT NULL, 
	premium INTEGER, 
	status VARCHAR, 
	sending VARCHAR(20) NOT NULL, 
	request_key VARCHAR, 
	payload TEXT, 
	first_sent_at DATETIME, 
	last_sent_at DATETIME, 
	refusal TEXT, 
	version INTEGER NOT NULL, 
	updated_at DATETIME NOT NULL, 
	origin VARCHAR(20) NOT NULL, 
	area VARCHAR NOT NULL, 
	class_number VARCHAR NOT NULL, 
	kana VARCHAR NOT NULL, 
	serial VARCHAR NOT NULL, 
	chassis_number VARCHAR NOT NULL, 
	rate_class VARCHAR NOT NULL, 
	policyholder_name VARCHAR NOT NULL, 
	policyholder_address VARCHAR NOT NULL, 
	report_to_registry BOOLEAN NOT NULL, 
	registry_reported_at DATETIME, 
	checked_at DATETIME, 
	CONSTRAINT fk_insurance_certificate_vehicle_id FOREIGN KEY(vehicle_id) REFERENCES vehicle (id)
);
INSERT INTO "insurance_certificate" VALUES(1,'2026-11-24 00:00:00.000000',1,'見本損害保険','A123456789','2026-12-20','2028-12-20',24,'継続',18560,'発行済','draft',NULL,NULL,NULL,NULL,NULL,1,'2026-11-24 00:00:00.000000','電子','土浦','300','す','12','ABC12-0123456','自家用乗用','見本太郎','茨城県古河市見本1番2号',1,NULL,NULL);
CREATE TABLE typing_draft (
	place VARCHAR NOT NULL, 
	form TEXT NOT NULL, 
	saved_at DATETIME NOT NULL, 
	CONSTRAINT pk_typing_draft PRIMARY KEY (place)
);
INSERT INTO "typing_draft" VALUES('filing/1','{"user_name": "見本"}','2026-11-24 00:00:00.000000');
CREATE TABLE vehicle (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	area VARCHAR NOT NULL, 
	class_number VARCHAR NOT NULL, 
	kana VARCHAR NOT NULL, 
	serial VARCHAR NOT NULL, 
	chassis_number VARCHAR NOT NULL, 
	officially_stamped BOOLEAN NOT NULL, 
	vehicle_class VARCHAR(20) NOT NULL, 
	vehicle_kind VARCHAR NOT NULL, 
	use VARCHAR NOT NULL, 
	private_or_business VARCHAR NOT NULL, 
	body_shape VARCHAR NOT NULL, 
	vehicle_name VARCHAR NOT NULL, 
	model_code VARCHAR NOT NULL, 
	engine_model VARCHAR NOT NULL, 
	type_designation VARCHAR NOT NULL, 
	classification_number VARCHAR NOT NULL, 
	first_registration VARCHAR, 
	expiry_date DATE, 
	capacity INTEGER, 
	max_load_kg INTEGER, 
	weight_kg INTEGER, 
	gross_weight_kg INTEGER, 
	length_cm INTEGER, 
	width_cm INTEGER, 
	height_cm INTEGER, 
	displacement VARCHAR NOT NULL, 
	fuel VARCHAR NOT NULL, 
	ff_axle_kg INTEGER, 
	fr_axle_kg INTEGER, 
	rf_axle_kg INTEGER, 
	rr_axle_kg INTEGER, 
	owner_name VARCHAR NOT NULL, 
	owner_address1 VARCHAR NOT NULL, 
	owner_address2 VARCHAR NOT NULL, 
	user_is_owner BOOLEAN NOT NULL, 
	user_name VARCHAR NOT NULL, 
	user_address1 VARCHAR NOT NULL, 
	user_address2 VARCHAR NOT NULL, 
	user_kind VARCHAR(20) NOT NULL, 
	user_representative VARCHAR NOT NULL, 
	name_reading VARCHAR NOT NULL, 
	base_location VARCHAR NOT NULL, 
	certificate_number VARCHAR NOT NULL, 
	car_id VARCHAR NOT NULL, 
	certificate_issued_on DATE, 
	recorded_on DATE, 
	note_info TEXT NOT NULL, 
	tax_rate VARCHAR NOT NULL, 
	plate_key VARCHAR NOT NULL, 
	chassis_tail VARCHAR NOT NULL, 
	owner_key VARCHAR NOT NULL, 
	user_key VARCHAR NOT NULL, 
	reading_key VARCHAR NOT NULL, 
	used_at DATETIME NOT NULL, 
	CONSTRAINT pk_vehicle PRIMARY KEY (id)
);
INSERT INTO "vehicle" VALUES(1,1,'2026-11-24 00:00:00.000000','2026-11-24 00:00:00.000000','土浦','300','さ','1234','ZN6-012345',0,'普通','小型','乗用','自家用','箱型','トヨタ','DBA-ZN6','FA20','17024','0003','2019-12','2026-12-20',4,NULL,1240,1460,424,177,132,'1.99','ガソリン',690,NULL,NULL,550,'髙橋　一郎','茨城県古河市見本一丁目','1番2号',1,'','','','個人','','みほんたろう','茨城県古河市見本一丁目1番2号','123456789012','',NULL,NULL,'備考
二行目','normal','土浦300さ1234','5432106NZ','高橋一郎','高橋一郎','みほんたろう','2026-11-24 00:00:00.000000');
INSERT INTO "vehicle" VALUES(2,1,'2026-11-24 00:00:00.000000','2026-11-24 00:00:00.000000','成田','500','さ','12','国[01]00001国',1,'普通','小型','乗用','自家用','箱型','トヨタ','DBA-ZN6','FA20','17024','0003','2019-12','2026-12-20',4,NULL,1240,1460,424,177,132,'1.99','ガソリン',690,NULL,NULL,550,'見本太郎','茨城県古河市見本一丁目','1番2号',1,'','','','個人','','みほんたろう','茨城県古河市見本一丁目1番2号','123456789012','',NULL,NULL,'','normal','成田500さ12','国10000]10[国','見本太郎','見本太郎','みほんたろう','2026-11-24 00:00:00.000000');
CREATE INDEX ix_vehicle_chassis_tail ON vehicle (chassis_tail);
CREATE INDEX ix_vehicle_expiry_date ON vehicle (expiry_date);
CREATE INDEX ix_vehicle_owner_key ON vehicle (owner_key);
CREATE INDEX ix_vehicle_plate_key ON vehicle (plate_key);
CREATE INDEX ix_vehicle_reading_key ON vehicle (reading_key);
CREATE INDEX ix_vehicle_serial ON vehicle (serial);
CREATE INDEX ix_vehicle_used_at ON vehicle (used_at);
CREATE INDEX ix_vehicle_user_key ON vehicle (user_key);
CREATE INDEX ix_filing_chassis_number ON filing (chassis_number, control_number, sending, requested_at);
CREATE INDEX ix_filing_chassis_tail ON filing (chassis_tail);
CREATE INDEX ix_filing_is_finished ON filing (is_finished);
CREATE INDEX ix_filing_oss_status ON filing (oss_status);
CREATE INDEX ix_filing_plate_key ON filing (plate_key, control_number, sending, requested_at);
CREATE INDEX ix_filing_procedure ON filing (procedure);
CREATE INDEX ix_filing_requested_at ON filing (requested_at, control_number, sending);
CREATE INDEX ix_filing_sending ON filing (sending);
CREATE INDEX ix_filing_status ON filing (status);
CREATE INDEX ix_filing_vehicle_class ON filing (vehicle_class);
CREATE INDEX ix_filing_vehicle_id ON filing (vehicle_id);
CREATE UNIQUE INDEX uq_filing_filing_id ON filing (filing_id);
CREATE UNIQUE INDEX uq_filing_open_vehicle ON filing (vehicle_id) WHERE holds_vehicle = 1;
CREATE UNIQUE INDEX uq_filing_request_key ON filing (request_key);
CREATE INDEX ix_filing_fee_control_number ON filing_fee (control_number);
CREATE INDEX ix_insurance_certificate_sending ON insurance_certificate (sending);
CREATE INDEX ix_insurance_certificate_vehicle_id ON insurance_certificate (vehicle_id);
CREATE INDEX ix_conformity_certificate_chassis_tail ON conformity_certificate (chassis_tail);
CREATE UNIQUE INDEX uq_conformity_certificate_certificate_number ON conformity_certificate (certificate_number);
CREATE INDEX ix_conformity_certificate_vehicle_id ON conformity_certificate (vehicle_id);
CREATE INDEX ix_conformity_certificate_sending ON conformity_certificate (sending);
CREATE INDEX ix_conformity_certificate_issue_date ON conformity_certificate (issue_date);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('insurance_certificate',1);
INSERT INTO "sqlite_sequence" VALUES('conformity_certificate',1);
INSERT INTO "sqlite_sequence" VALUES('filing',3);
COMMIT;
