CREATE TABLE added_rate (
	id INTEGER NOT NULL, 
	rate_table VARCHAR(20) NOT NULL, 
	"key" TEXT NOT NULL, 
	first_day DATE NOT NULL, 
	amounts TEXT NOT NULL, 
	source TEXT NOT NULL, 
	added_at DATETIME NOT NULL, 
	CONSTRAINT pk_added_rate PRIMARY KEY (id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE bank_line (
	id INTEGER NOT NULL, 
	statement_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	amount INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	"key" VARCHAR NOT NULL, 
	balance INTEGER, 
	payee VARCHAR NOT NULL, left_out_at DATETIME, 
	CONSTRAINT pk_bank_line PRIMARY KEY (id), 
	CONSTRAINT fk_bank_line_statement_id FOREIGN KEY(statement_id) REFERENCES bank_statement (id)
);
CREATE TABLE bank_line_again (
	"key" VARCHAR NOT NULL, 
	line_id INTEGER NOT NULL, 
	said_at DATETIME NOT NULL, 
	said_by VARCHAR NOT NULL, 
	CONSTRAINT pk_bank_line_again PRIMARY KEY ("key"), 
	CONSTRAINT fk_bank_line_again_line_id_bank_line FOREIGN KEY(line_id) REFERENCES bank_line (id)
);
CREATE TABLE bank_statement (
	id INTEGER NOT NULL, 
	layout VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	imported_at DATETIME NOT NULL, 
	imported_by VARCHAR NOT NULL, 
	CONSTRAINT pk_bank_statement PRIMARY KEY (id)
);
CREATE TABLE change (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	operator VARCHAR NOT NULL, 
	terminal VARCHAR NOT NULL, 
	vehicle_id INTEGER, 
	record VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	field VARCHAR NOT NULL, 
	old TEXT, 
	new TEXT, 
	CONSTRAINT pk_change PRIMARY KEY (id)
);
CREATE TABLE checklist_answer (
	id INTEGER NOT NULL, 
	inspection_id INTEGER NOT NULL, 
	item VARCHAR(20) NOT NULL, 
	answer VARCHAR NOT NULL, 
	day DATE, 
	number VARCHAR NOT NULL, 
	answered_by VARCHAR NOT NULL, 
	answered_at DATETIME NOT NULL, 
	CONSTRAINT pk_checklist_answer PRIMARY KEY (id), 
	CONSTRAINT fk_checklist_answer_inspection_id FOREIGN KEY(inspection_id) REFERENCES inspection (id) ON DELETE CASCADE
);
CREATE TABLE closed_month (
	month VARCHAR NOT NULL, 
	closed_at DATETIME NOT NULL, 
	closed_by VARCHAR NOT NULL, 
	lines INTEGER NOT NULL, 
	paid INTEGER NOT NULL, 
	matched_lines INTEGER NOT NULL, 
	matched INTEGER NOT NULL, 
	CONSTRAINT pk_closed_month PRIMARY KEY (month)
);
CREATE TABLE confirmation (
	id INTEGER NOT NULL, 
	vehicle_id INTEGER NOT NULL, 
	rule_id VARCHAR NOT NULL, 
	field VARCHAR NOT NULL, 
	message TEXT NOT NULL, 
	value TEXT NOT NULL, 
	confirmed_at DATETIME NOT NULL, 
	CONSTRAINT pk_confirmation PRIMARY KEY (id), 
	CONSTRAINT fk_confirmation_vehicle_id FOREIGN KEY(vehicle_id) REFERENCES vehicle (id) ON DELETE CASCADE
);
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
	sent_to VARCHAR, 
	sent_as VARCHAR, 
	barred_at DATETIME, 
	inspection_id INTEGER, 
	work_summary TEXT NOT NULL, sent_boot VARCHAR, sent_uptime DOUBLE, sent_service_time DATETIME, tried_at DATETIME, lease_run VARCHAR, lease_terminal VARCHAR, lease_until DATETIME, fence INTEGER DEFAULT 0 NOT NULL, answers INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT fk_conformity_certificate_inspection_id_inspection FOREIGN KEY(inspection_id) REFERENCES inspection (id), 
	CONSTRAINT fk_conformity_certificate_vehicle_id FOREIGN KEY(vehicle_id) REFERENCES vehicle (id)
);
CREATE TABLE editing (
	window VARCHAR NOT NULL, 
	vehicle_id INTEGER NOT NULL, 
	operator VARCHAR NOT NULL, 
	terminal VARCHAR NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_editing PRIMARY KEY (window)
);
CREATE TABLE "filing" (
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
	is_open BOOLEAN NOT NULL, 
	plate_key VARCHAR NOT NULL, 
	chassis_tail VARCHAR NOT NULL, 
	sending VARCHAR(20) NOT NULL, 
	request_key VARCHAR, 
	payload TEXT, 
	first_sent_at DATETIME, 
	last_sent_at DATETIME, 
	refusal TEXT, 
	sent_to VARCHAR, 
	sent_as VARCHAR, 
	barred_at DATETIME, 
	inspection_id INTEGER, 
	last_application_date DATE, sent_boot VARCHAR, sent_uptime DOUBLE, sent_service_time DATETIME, lease_run VARCHAR, lease_terminal VARCHAR, lease_until DATETIME, fence INTEGER DEFAULT 0 NOT NULL, answers INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT fk_filing_vehicle_id FOREIGN KEY(vehicle_id) REFERENCES vehicle (id), 
	CONSTRAINT fk_filing_inspection_id_inspection FOREIGN KEY(inspection_id) REFERENCES inspection (id)
);
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
CREATE TABLE fleet_consent (
	id INTEGER NOT NULL, 
	user_name VARCHAR NOT NULL, 
	user_address VARCHAR NOT NULL, 
	given_on DATE NOT NULL, 
	last_day DATE, 
	noted_by VARCHAR NOT NULL, 
	noted_at DATETIME NOT NULL, 
	revoked_by VARCHAR NOT NULL, 
	revoked_at DATETIME, 
	CONSTRAINT pk_fleet_consent PRIMARY KEY (id)
);
CREATE TABLE inspection (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	vehicle_id INTEGER NOT NULL, 
	renews DATE, 
	opened_at DATETIME NOT NULL, 
	inspection_date DATE, 
	last_application_date DATE, 
	ended_at DATETIME, 
	ending VARCHAR(20), 
	ended_by_hand BOOLEAN NOT NULL, 
	reason TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT fk_inspection_vehicle_id_vehicle FOREIGN KEY(vehicle_id) REFERENCES vehicle (id)
);
CREATE TABLE inspector (
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_inspector PRIMARY KEY (code)
);
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
	sent_to VARCHAR, 
	sent_as VARCHAR, 
	barred_at DATETIME, 
	inspection_id INTEGER, sent_boot VARCHAR, sent_uptime DOUBLE, sent_service_time DATETIME, lease_run VARCHAR, lease_terminal VARCHAR, lease_until DATETIME, fence INTEGER DEFAULT 0 NOT NULL, answers INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT fk_insurance_certificate_vehicle_id FOREIGN KEY(vehicle_id) REFERENCES vehicle (id), 
	CONSTRAINT fk_insurance_certificate_inspection_id_inspection FOREIGN KEY(inspection_id) REFERENCES inspection (id)
);
CREATE TABLE operator (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	reading VARCHAR NOT NULL, 
	may VARCHAR(20) NOT NULL, 
	pin_hash VARCHAR NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	failures INTEGER NOT NULL, 
	failed_at DATETIME, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_operator PRIMARY KEY (id)
);
CREATE TABLE payment_event (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	done_by VARCHAR NOT NULL, 
	act VARCHAR(20) NOT NULL, 
	month VARCHAR NOT NULL, 
	line_id INTEGER, 
	control_number INTEGER, 
	kind VARCHAR NOT NULL, 
	amount INTEGER, 
	note TEXT NOT NULL, 
	CONSTRAINT pk_payment_event PRIMARY KEY (id), 
	CONSTRAINT fk_payment_event_line_id FOREIGN KEY(line_id) REFERENCES bank_line (id)
);
CREATE TABLE payment_match (
	id INTEGER NOT NULL, 
	line_id INTEGER NOT NULL, 
	control_number INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	part INTEGER NOT NULL, 
	amount INTEGER NOT NULL, 
	matched_at DATETIME NOT NULL, 
	matched_by VARCHAR NOT NULL, 
	CONSTRAINT pk_payment_match PRIMARY KEY (id), 
	CONSTRAINT fk_payment_match_line_id FOREIGN KEY(line_id) REFERENCES bank_line (id), 
	CONSTRAINT fk_payment_match_control_number FOREIGN KEY(control_number) REFERENCES filing (control_number)
);
CREATE TABLE row_sum (
	"of" VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	sum INTEGER NOT NULL, 
	CONSTRAINT pk_row_sum PRIMARY KEY ("of", "key")
)
 WITHOUT ROWID

;
CREATE TABLE save_mark (
	place INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	token INTEGER NOT NULL, 
	CONSTRAINT pk_save_mark PRIMARY KEY (place)
);
CREATE TABLE settled_file (
	digest VARCHAR NOT NULL, 
	settled_at DATETIME NOT NULL, 
	CONSTRAINT pk_settled_file PRIMARY KEY (digest)
);
CREATE TABLE typing_draft (
	place VARCHAR NOT NULL, 
	form TEXT NOT NULL, 
	saved_at DATETIME NOT NULL, 
	CONSTRAINT pk_typing_draft PRIMARY KEY (place)
);
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
	used_at DATETIME NOT NULL, validity_years INTEGER, 
	CONSTRAINT pk_vehicle PRIMARY KEY (id)
);
CREATE TABLE vehicle_source (
	id INTEGER NOT NULL, 
	vehicle_id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	name VARCHAR NOT NULL, 
	content BLOB NOT NULL, 
	digest VARCHAR NOT NULL, 
	fields TEXT NOT NULL, 
	read_at DATETIME NOT NULL, 
	CONSTRAINT pk_vehicle_source PRIMARY KEY (id), 
	CONSTRAINT fk_vehicle_source_vehicle_id_vehicle FOREIGN KEY(vehicle_id) REFERENCES vehicle (id) ON DELETE CASCADE
);
CREATE INDEX ix_bank_line_day ON bank_line (day);
CREATE INDEX ix_change_vehicle_id ON change (vehicle_id);
CREATE INDEX ix_checklist_answer_inspection_id ON checklist_answer (inspection_id);
CREATE INDEX ix_conformity_certificate_chassis_tail ON conformity_certificate (chassis_tail);
CREATE INDEX ix_conformity_certificate_inspection_id ON conformity_certificate (inspection_id);
CREATE INDEX ix_conformity_certificate_issue_date ON conformity_certificate (issue_date);
CREATE INDEX ix_conformity_certificate_sending ON conformity_certificate (sending);
CREATE INDEX ix_conformity_certificate_vehicle_id ON conformity_certificate (vehicle_id);
CREATE INDEX ix_editing_vehicle_id ON editing (vehicle_id);
CREATE INDEX ix_filing_chassis_number ON filing (chassis_number, control_number, sending, requested_at);
CREATE INDEX ix_filing_chassis_tail ON filing (chassis_tail);
CREATE INDEX ix_filing_fee_control_number ON filing_fee (control_number);
CREATE INDEX ix_filing_inspection_id ON filing (inspection_id);
CREATE INDEX ix_filing_is_finished ON filing (is_finished);
CREATE INDEX ix_filing_last_application_date ON filing (last_application_date);
CREATE INDEX ix_filing_oss_status ON filing (oss_status);
CREATE INDEX ix_filing_plate_key ON filing (plate_key, control_number, sending, requested_at);
CREATE INDEX ix_filing_procedure ON filing (procedure);
CREATE INDEX ix_filing_requested_at ON filing (requested_at, control_number, sending);
CREATE INDEX ix_filing_sending ON filing (sending);
CREATE INDEX ix_filing_status ON filing (status);
CREATE INDEX ix_filing_vehicle_class ON filing (vehicle_class);
CREATE INDEX ix_filing_vehicle_id ON filing (vehicle_id);
CREATE INDEX ix_inspection_vehicle_id ON inspection (vehicle_id);
CREATE INDEX ix_insurance_certificate_inspection_id ON insurance_certificate (inspection_id);
CREATE INDEX ix_insurance_certificate_sending ON insurance_certificate (sending);
CREATE INDEX ix_insurance_certificate_vehicle_id ON insurance_certificate (vehicle_id);
CREATE INDEX ix_payment_event_line_id ON payment_event (line_id);
CREATE INDEX ix_payment_match_line_id ON payment_match (line_id);
CREATE INDEX ix_vehicle_chassis_tail ON vehicle (chassis_tail);
CREATE INDEX ix_vehicle_expiry_date ON vehicle (expiry_date);
CREATE INDEX ix_vehicle_owner_key ON vehicle (owner_key);
CREATE INDEX ix_vehicle_plate_key ON vehicle (plate_key);
CREATE INDEX ix_vehicle_reading_key ON vehicle (reading_key);
CREATE INDEX ix_vehicle_serial ON vehicle (serial);
CREATE INDEX ix_vehicle_source_vehicle_id ON vehicle_source (vehicle_id);
CREATE INDEX ix_vehicle_used_at ON vehicle (used_at);
CREATE INDEX ix_vehicle_user_key ON vehicle (user_key);
CREATE UNIQUE INDEX uq_added_rate_row ON added_rate (rate_table, "key", first_day);
CREATE UNIQUE INDEX uq_bank_line_key ON bank_line ("key");
CREATE UNIQUE INDEX uq_confirmation_said ON confirmation (vehicle_id, rule_id, field, message, value);
CREATE UNIQUE INDEX uq_conformity_certificate_certificate_number ON conformity_certificate (certificate_number);
CREATE UNIQUE INDEX uq_filing_filing_id ON filing (filing_id);
CREATE UNIQUE INDEX uq_filing_open_inspection ON filing (inspection_id) WHERE is_open = 1;
CREATE UNIQUE INDEX uq_filing_request_key ON filing (request_key);
CREATE UNIQUE INDEX uq_inspection_open_vehicle ON inspection (vehicle_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX uq_operator_name ON operator (name);
CREATE UNIQUE INDEX uq_payment_match_amount ON payment_match (control_number, kind, part);
CREATE TRIGGER change_is_never_changed BEFORE UPDATE ON change
BEGIN SELECT RAISE(ABORT, 'onestop: the history is never changed'); END;
CREATE TRIGGER change_is_never_deleted BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'onestop: the history is never changed'); END;
INSERT INTO "alembic_version" VALUES ('0020');
INSERT INTO "sqlite_sequence" VALUES ('conformity_certificate', 0);
INSERT INTO "sqlite_sequence" VALUES ('filing', 0);
INSERT INTO "sqlite_sequence" VALUES ('insurance_certificate', 0);
