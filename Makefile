# Flagstream. `make` alone prints this menu. Every command works against whichever is running: the local stack
# (make demo) or the containers (make up).

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Settings, as in: make demo DURATION=60 RATE=500
DURATION     ?=
RATE         ?= 1000
SEED         ?= 42
FRESH        ?=
KAFKA_PORT   ?= 9092
SQL_PORT     ?= 8088
CONNECT_PORT ?= 8083
MONGO_PORT   ?= 27017
DASHBOARD_PORT ?= 8080
METRICS_PORT ?= 9404
# Where decisions are stored: mongodb, and beside it postgresql (the containers: mysql) or lake or both
SINKS        ?= mongodb
SQL_STORE_PORT ?= 5432
LAKE_URL     ?=
SQL          ?=
QUERY        ?=
LAST         ?= 12
SEVERITY     ?=
CUSTOMER     ?=
WEBHOOK_URL  ?=
WEBHOOK_CA   ?=
JAVA_OPTS    ?= -Xms640m -Xmx640m -Xmn288m -XX:SurvivorRatio=4
# Of the containers
KSQLDB_SERVERS  ?= 1
CONNECT_WORKERS ?= 1
MONITORING      ?=
MODEL_DIR       ?=
PROMETHEUS_PORT ?= 9090
GRAFANA_PORT    ?= 3000
LAKE_PORT       ?= 9000
MVN          ?= mvn -B

export KAFKA_PORT SQL_PORT CONNECT_PORT MONGO_PORT DASHBOARD_PORT RATE SEED KSQLDB_SERVERS CONNECT_WORKERS WEBHOOK_URL WEBHOOK_CA \
       MONITORING PROMETHEUS_PORT GRAFANA_PORT LAKE_PORT SINKS MODEL_DIR

COMMA     := ,
SQL_STORE := $(filter-out mongodb lake,$(subst $(COMMA), ,$(SINKS)))
LAKE      := $(filter lake,$(subst $(COMMA), ,$(SINKS)))
PORTS     := --kafka-port=$(KAFKA_PORT) --sql-port=$(SQL_PORT) --connect-port=$(CONNECT_PORT) --mongo-port=$(MONGO_PORT)
# MySQL, which the containers have, is asked with a password
MYSQL_PORT := $(if $(filter file,$(origin SQL_STORE_PORT)),3306,$(SQL_STORE_PORT))
MYSQL     := $(if $(filter mysql,$(SQL_STORE)),--sql-store-url=jdbc:mysql://127.0.0.1:$(MYSQL_PORT)/flagstream --sql-store-password-file=data/cluster/mysql/password)
ifneq ($(filter-out postgresql mysql,$(SQL_STORE)),)
$(error SINKS=$(SINKS): there are mongodb, and beside it lake and postgresql (make demo, make stack) or mysql (make up))
endif
ifneq ($(filter demo stack,$(MAKECMDGOALS)),)
ifneq ($(filter mysql,$(SQL_STORE)),)
$(error SINKS=$(SINKS): mysql is the SQL database of the containers (make up); here it is called postgresql)
endif
ifeq ($(filter mongodb,$(subst $(COMMA), ,$(or $(SINKS),mongodb))),)
$(error SINKS=$(SINKS) leaves out mongodb, which dashboard and ledger read: give mongodb, and beside it postgresql, lake or both)
endif
endif
# Options and files of the sinks beside MongoDB's, where they are asked for
LAKE_PLACE := $(if $(LAKE_URL),--lake-url="$(LAKE_URL)")
ROWS      := $(if $(SQL_STORE)$(LAKE),--sinks="$(SINKS)" --sql-store-port=$(SQL_STORE_PORT)) $(LAKE_PLACE)
STORES    := $(if $(MYSQL),$(MYSQL) $(LAKE_PLACE),$(ROWS))
WEBHOOK   := $(if $(WEBHOOK_URL),--webhook-url="$(WEBHOOK_URL)") $(if $(WEBHOOK_CA),--webhook-ca="$(WEBHOOK_CA)")
LOCAL_JAR := local/target/flagstream-local.jar
LOCAL     := JAVA_OPTS="$(JAVA_OPTS)" local/flagstream.sh
CONFORMANCE_JAR := engine/conformance/target/flagstream-engine-conformance.jar
CONFORMANCE     := java $(JAVA_OPTS) -cp $(CONFORMANCE_JAR):$(LOCAL_JAR) dev.flagstream.engine.conformance
# As which user the MongoDB of the containers is asked, if that is what runs
AS_READER = FLAGSTREAM_MONGO_URI="$$(connect/mongo-uri.sh reader)"
AS_ERASER = FLAGSTREAM_MONGO_URI="$$(connect/mongo-uri.sh eraser)"
AS_ANALYST = FLAGSTREAM_MONGO_URI="$$(connect/mongo-uri.sh analyst)"
# Where the card token key of what runs is
ITS_DATA = $(if $(findstring --data,$(OPTIONS)),,--data="$$(connect/data-folder.sh)")
BUILT     := target/built
ARCHIVE   := target/class-archive
ROWS_BUILT := $(if $(SQL_STORE),target/rows-built) $(if $(LAKE),target/lake-built)
SOURCES   := $(shell find report client dashboard udf generator engine local pom.xml connect/plugin-manifest connect/webhook connect/mongodb \
               -path '*/target' -prune -o -path engine/conformance -prune -o -type f \( -name '*.java' -o -name '*.g4' -o -name 'pom.xml' -o -path '*/main/resources/*' -o -path '*/services/*' \) -print)

.PHONY: help build demo stack dashboard generate generator-report replay test test-it test-sql property-test ksqldb-cases \
        ksqldb-transcripts benchmark bench-check bench-generator bench-scoring bench-pipeline bench-scale bench-store bench-sinks bench-start bench-latency bench-monitoring metrics up down ps logs \
        deploy-udf ksql mongosh sql-store lake lake-compact windows alerts status quality ledger scan forget models-push audit crash-test fuzz features format clean clean-data

help: ## this menu
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  Settings: DURATION=60 (seconds), RATE=500 (transactions per second), SEED=42, FRESH=1 (start anew),"
	@echo "  KAFKA_PORT, SQL_PORT, CONNECT_PORT, MONGO_PORT, DASHBOARD_PORT, METRICS_PORT, SINKS=mongodb$(COMMA)postgresql$(COMMA)lake, SQL_STORE_PORT, LAKE_URL,"
	@echo "  JAVA_OPTS=$(JAVA_OPTS)"

# Of all that Maven says: what is built, how far downloads are, and what is wrong.
define BUILD_PROGRESS
/^\[INFO\] Building Flagstream/ { n = $$NF ~ /^\[/ ? NF - 2 : NF - 1; printf "  %s%s\n", $$NF ~ /^\[/ ? $$NF " " : "", n < 4 ? "flagstream" : $$n; fflush() }
/Downloaded from / && ++files % 100 == 0 { printf "  %d files downloaded\n", files; fflush() }
/^\[ERROR\]/ { print; fflush() }
/Total time: / { printf "  built in %s %s\n", $$(NF - 1), $$NF }
endef
export BUILD_PROGRESS

$(BUILT): $(SOURCES)
	@echo "Building; the first time this downloads libraries from Maven Central and takes a few minutes. Maven's log: $(@D)/build.log"
	@mkdir -p $(@D)
	@$(MVN) package -DskipTests -pl local -am | tee $(@D)/build.log | awk "$$BUILD_PROGRESS"
	@touch $@

# Only where it is asked for: the plug-in of the sink, with its drivers, and PostgreSQL for this machine.
target/rows-built: $(shell find connect/sql pom.xml -path '*/target' -prune -o -type f -print)
	@echo "Building the sink to a SQL database; the first time this downloads 45 MB from Maven Central."
	@mkdir -p $(@D)
	@$(MVN) package -DskipTests -pl connect/sql | tee $(@D)/build.log | awk "$$BUILD_PROGRESS"
	@touch $@

# The same for the sink to a lake, with DuckDB.
target/lake-built: $(shell find connect/lake client pom.xml -path '*/target' -prune -o -type f -print)
	@echo "Building the sink to a lake; the first time this downloads 95 MB from Maven Central."
	@mkdir -p $(@D)
	@$(MVN) package -DskipTests -pl connect/lake -am | tee $(@D)/build.log | awk "$$BUILD_PROGRESS"
	@touch $@

# Made once for each build; without it, or under another JDK, a start only takes longer.
$(ARCHIVE): $(BUILT) local/jvm.options local/flagstream.sh
	@echo "Rehearsing a start once, so that the next ones are quick."
	@$(LOCAL) class-archive
	@touch $@

build: $(BUILT) $(ARCHIVE) ## the jars, without tests, and the class archive of the local stack

demo: $(BUILT) $(ARCHIVE) $(ROWS_BUILT) ## the whole pipeline in one process; DURATION=60 ends by itself and checks that all is accounted for
	@$(LOCAL) demo $(PORTS) --dashboard-port=$(DASHBOARD_PORT) --metrics-port=$(METRICS_PORT) --rate=$(RATE) --seed=$(SEED) \
	  $(if $(DURATION),--duration=$(DURATION)) $(if $(FRESH),--fresh) $(WEBHOOK) $(ROWS) $(OPTIONS)

stack: $(BUILT) $(ARCHIVE) $(ROWS_BUILT) ## the same without the generator
	@$(LOCAL) stack $(PORTS) --dashboard-port=$(DASHBOARD_PORT) --metrics-port=$(METRICS_PORT) $(if $(FRESH),--fresh) $(WEBHOOK) $(ROWS) $(OPTIONS)

dashboard: $(BUILT) ## the page alone, for whatever runs (make demo has it already); DASHBOARD_PORT=8080, OPTIONS='--mongo-uri …'
	@$(if $(findstring --verdicts,$(OPTIONS)),$(AS_ANALYST),$(AS_READER)) $(LOCAL) dashboard $(PORTS) --dashboard-port=$(DASHBOARD_PORT) $(OPTIONS)

metrics: $(BUILT) ## Prometheus' metrics alone, for whatever runs (make demo has them already); METRICS_PORT=9404, OPTIONS='--sql-url …'
	@$(AS_READER) $(LOCAL) metrics $(PORTS) --metrics-port=$(METRICS_PORT) $(OPTIONS)

generate: $(BUILT) ## only the generator, against what is running; FROM=2026-01-01 [TO=…] for the past, FRESH=1 starts anew, OPTIONS='…'
	@generator/generate.sh

generator-report: $(BUILT) ## one HTML page about what the simulation makes; SEED=42, OPTIONS='--days 60 --customers 5000'
	@java -jar generator/target/flagstream-generator.jar report --seed=$(SEED) --out=$(or $(OUT),target/generator-report.html) $(OPTIONS)

replay: $(BUILT) ## streams CSV files into Kafka: CSV=file [KEY= TIME_COLUMN= LABEL= SPEED=1 STREAM= APPLY=1 HEADER=a,b,c … OPTIONS='…']; see docs/replay.md
	@generator/replay.sh

test: ## every test that needs no Docker, and the formatting; OPTIONS='-pl udf -am', or others of Maven
	$(MVN) -ntp verify $(OPTIONS)

test-it: ## the tests that need Docker; they skip, saying so, without it
	$(MVN) -ntp verify -Pit $(OPTIONS)

property-test: ## properties of every statement, with more and other examples than `make test` tries: TRIES=10 times as many, SEED=7
	$(MVN) -ntp test -pl engine -am -Dtest='*PropertiesTest' -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dproperty.tries=$(or $(TRIES),10) -Dproperty.seed=$(SEED) $(OPTIONS)

test-sql: $(BUILT) ## the SQL scenarios in DIR (default ksql/scenarios), offline; ONLY=text, REWRITE=1 takes what comes out as expected
	@mkdir -p target/extensions && cp udf/target/flagstream-udf.jar target/extensions/
	@java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp $(LOCAL_JAR) dev.flagstream.engine.scenario.SqlScenariosCommand \
	  --extension-dir=$(or $(JARS),target/extensions) $(if $(ONLY),--only="$(ONLY)") $(if $(REWRITE),--rewrite) $(if $(QUIET),--quiet) \
	  $(OPTIONS) $(or $(DIR),ksql/scenarios)

# Only these two use it: no product jar contains it.
$(CONFORMANCE_JAR): $(BUILT) $(shell find engine/conformance -path '*/target' -prune -o -type f -print)
	@$(MVN) -ntp -q package -DskipTests -pl engine/conformance -am
	@touch $@

ksqldb-cases: $(CONFORMANCE_JAR) ## ksqlDB's own cases, which are not part of this project: CASES=folder, REPORT=file, EXTENSIONS=folder of jars
	@$(CONFORMANCE).CasesCommand --cases="$(CASES)" --report="$(or $(REPORT),target/ksqldb-cases.txt)" $(if $(EXTENSIONS),--extension-dir="$(EXTENSIONS)") $(OPTIONS)

ksqldb-transcripts: $(CONFORMANCE_JAR) ## exchanges recorded with a ksqlDB server, not part of this project: TRANSCRIPTS=folder, REPORT=file
	@$(CONFORMANCE).TranscriptsCommand $(foreach folder,$(or $(TRANSCRIPTS),'') engine/conformance/transcripts,--transcripts=$(folder)) --report="$(or $(REPORT),target/ksqldb-transcripts.txt)" $(OPTIONS)

FLINK_JAR := benchmarks/flink/target/flagstream-benchmark-flink.jar

benchmark: ## CPU per record of SQL beside the same jobs written by hand and in Flink SQL, about 20 minutes; OPTIONS='--jobs filter --programs SQL,HANDWRITTEN'
	@$(MVN) -ntp -q package -DskipTests -Pflink -pl benchmarks,benchmarks/flink -am
	@mkdir -p target/extensions && cp udf/target/flagstream-udf.jar target/extensions/
	@java -jar benchmarks/target/flagstream-benchmarks.jar --extension-dir=target/extensions --flink-jar=$(FLINK_JAR) $(OPTIONS)

bench-check: ## whether a job has become over 15 % dearer than in benchmarks/baseline.json, beside the program written by hand, 4 to 9 minutes; OPTIONS=--take takes a new baseline
	@$(MVN) -ntp -q package -DskipTests -pl benchmarks -am
	@mkdir -p target/extensions && cp udf/target/flagstream-udf.jar target/extensions/
	@java -jar benchmarks/target/flagstream-benchmarks.jar --extension-dir=target/extensions --records=400000 --warm-ups=4 --warm-up-cpu=20 --rounds=7 --baseline=benchmarks/baseline.json $(OPTIONS)

bench-generator: ## transactions per second: the simulation alone, and into a broker beside Kafka's ProducerPerformance, about 7 minutes; OPTIONS='--rounds 2'
	@$(MVN) -ntp -q package -DskipTests -pl benchmarks -am
	@java -cp benchmarks/target/flagstream-benchmarks.jar dev.flagstream.benchmarks.generator.SimulationSpeed
	@java -cp benchmarks/target/flagstream-benchmarks.jar dev.flagstream.benchmarks.generator.ProducerSpeed $(OPTIONS)

SCORING_MODELS := target/scoring-models

bench-scoring: ## what a score costs, beside h2o-genmodel and ONNX Runtime, about 12 minutes; OPTIONS='--rounds=1 --only=forest'
	@$(MVN) -ntp -q package -DskipTests -pl benchmarks,benchmarks/models -am
	@test -f $(SCORING_MODELS)/rows.csv || java -Xmx1g -jar benchmarks/models/target/flagstream-benchmark-models.jar --purpose=BENCHMARK --out=$(SCORING_MODELS)
	@java -cp benchmarks/target/flagstream-benchmarks.jar dev.flagstream.benchmarks.scoring.ScoringCommand --models=$(SCORING_MODELS) $(OPTIONS)

bench-pipeline: ## CPU per transaction from its topic to flagged_transactions, script by script, about 6 minutes; OPTIONS='--records 600000'
	@$(MVN) -ntp -q package -DskipTests -pl benchmarks -am
	@mkdir -p target/extensions && cp udf/target/flagstream-udf.jar target/extensions/
	@java -cp benchmarks/target/flagstream-benchmarks.jar dev.flagstream.benchmarks.pipeline.PipelineSpeed --extension-dir=target/extensions $(OPTIONS)

bench-scale: ## how that grows with cards, payments of a card, partitions and servers, and how long a crash takes; writes docs/capacity.md, about 35 minutes; OPTIONS='--only=cards --quick'
	@$(MVN) -ntp -q package -DskipTests -pl benchmarks -am
	@mkdir -p target/extensions && cp udf/target/flagstream-udf.jar target/extensions/
	@java -cp benchmarks/target/flagstream-benchmarks.jar dev.flagstream.benchmarks.pipeline.ScaleCommand --extension-dir=target/extensions $(OPTIONS)

bench-store: ## the local store beside its older backend, and beside mongod if installed or MONGODB_URI, about 4 minutes; OPTIONS='--rounds 1'
	@$(MVN) -ntp -q package -DskipTests -pl benchmarks -am
	@mkdir -p target/extensions && cp udf/target/flagstream-udf.jar target/extensions/
	@java -Xmx1g -cp benchmarks/target/flagstream-benchmarks.jar dev.flagstream.benchmarks.store.StoreSpeed --extension-dir=target/extensions $(OPTIONS)

bench-sinks: target/rows-built target/lake-built ## decisions a second and CPU of each: the sinks to MongoDB (mongod or MONGODB_URI, too), PostgreSQL and a lake, about 9 minutes; OPTIONS='--rounds 1'
	@$(MVN) -ntp -q package -DskipTests -pl benchmarks -am
	@mkdir -p target/extensions && cp udf/target/flagstream-udf.jar target/extensions/
	@java -Xmx1g -cp benchmarks/target/flagstream-benchmarks.jar dev.flagstream.benchmarks.sinks.SinkSpeed --extension-dir=target/extensions $(OPTIONS)

bench-start: $(BUILT) $(ARCHIVE) ## five demos on a quiet machine and five beside two busy loops, about 20 minutes; RUNS=1 BUSY=0 OPTIONS='--seed 7'
	@RUNS=$(or $(RUNS),5) BUSY="$(or $(BUSY),0 2)" JAVA_OPTS="$(JAVA_OPTS)" benchmarks/start.sh $(OPTIONS)

bench-latency: $(BUILT) $(ARCHIVE) ## till to topic, decision and MongoDB, for four ways to set what waits; RATE=500 COMMITS="250 50", about 12 minutes
	@RATE=$(if $(filter command\ line,$(origin RATE)),$(RATE),500) JAVA_OPTS="$(JAVA_OPTS)" benchmarks/latency.sh $(OPTIONS)

bench-monitoring: $(BUILT) $(ARCHIVE) ## CPU of a running pipeline with and without fetches of its metrics, about 10 minutes; RATE=500 EVERY=5
	@RATE=$(if $(filter command\ line,$(origin RATE)),$(RATE),500) JAVA_OPTS="$(JAVA_OPTS)" benchmarks/monitoring.sh $(OPTIONS)

.PHONY: training-jar train handbook

TRAINING := java -Xmx5g -jar training/target/flagstream-training.jar

training-jar:
	@$(MVN) -ntp -q package -DskipTests -pl training,udf -am
	@mkdir -p target/extensions && cp udf/target/flagstream-udf.jar target/extensions/

train: training-jar $(if $(filter lake,$(DATA)),target/lake-built) ## model bundles and a report, from a simulation, TOPICS=1 (the running pipeline, with all verdicts), DATA=lake (the same from Parquet) or DATA=labelled.csv LABEL=Class TIME_COLUMN=Time KEY=card SEED=42; OUT=models, or of a file target/models
	@$(TRAINING) train $(if $(TOPICS),--from-topics --bootstrap-servers="$(if $(filter 1,$(TOPICS)),127.0.0.1:$(KAFKA_PORT),$(TOPICS))") $(if $(filter lake,$(DATA)),--from-lake="$(or $(LAKE_URL),data/lake)",$(if $(DATA),--data="$(DATA)")) $(if $(LABEL),--label="$(LABEL)") \
	  $(if $(TIME_COLUMN),--time-column="$(TIME_COLUMN)") $(if $(KEY),--key="$(KEY)") $(if $(DELAY),--delay=$(DELAY)) \
	  $(if $(OUT),--out="$(OUT)") --seed=$(SEED) $(OPTIONS)

handbook: training-jar ## the Fraud Detection Handbook's figures beside ours: SEEDS=1,2,3, or DATA=its transactions.csv.gz
	@$(TRAINING) handbook $(if $(DATA),--data="$(DATA)") $(if $(SEEDS),--seeds=$(SEEDS)) $(OPTIONS)

# A laptop sustains this from the beginning; a real ksqlDB takes a while to warm up.
up: export RATE := $(if $(filter file,$(origin RATE)),200,$(RATE))
up: export SQL_STORE_PORT := $(MYSQL_PORT)
up: $(BUILT) $(ROWS_BUILT) ## the containers: Kafka, ksqlDB, Connect, MongoDB, dashboard, generator; RATE=200 WARM_UP=5m KSQLDB_SERVERS=1 MONITORING=1 CONNECT_WORKERS=1 OPTIONS='--pull always'
	@connect/cluster.sh up $(OPTIONS)

down: ## stops and removes the containers; their data go with FRESH=1
	@connect/cluster.sh down $(if $(FRESH),--volumes)

ps: ## what runs: containers, or the parts of the local stack
	@connect/cluster.sh ps

logs: ## the log of the containers, or of the local stack
	@connect/cluster.sh logs

deploy-udf: $(BUILT) ## puts the UDF jar in the extension directory and has the SQL server load it
	@udf/deploy.sh

ksql: $(BUILT) ## the SQL command line; SQL='SHOW STREAMS;' for one statement
	@java -cp $(LOCAL_JAR) dev.flagstream.engine.shell.ShellCommand $(if $(value SQL),--execute "$$SQL") $(OPTIONS) http://127.0.0.1:$(SQL_PORT)
ksql: override export SQL := $(value SQL)

mongosh: ## the MongoDB shell; QUERY='db.flagged_transactions.countDocuments()' for one query, FILE=connect/queries/top-cards.js for a script; MONGO_USER=schema for indexes of the containers
	@connect/mongosh.sh
mongosh: override export QUERY := $(value QUERY)
mongosh: override export FILE := $(value FILE)

sql-store: override export QUERY := $(value QUERY)
sql-store: $(BUILT) target/rows-built ## asks the SQL database of decisions, of SINKS=mongodb,postgresql: QUERY='SELECT count(*) FROM fraud_predictions WHERE is_fraud'
	@$(LOCAL) sql-store $(or $(MYSQL),--sinks=mongodb$(COMMA)postgresql --sql-store-port=$(SQL_STORE_PORT)) --query="$$QUERY" $(OPTIONS)

lake: override export QUERY := $(value QUERY)
lake: $(BUILT) target/lake-built ## asks the Parquet files of SINKS=mongodb,lake by DuckDB: QUERY='SELECT count(*) FROM decisions', LAKE_URL=data/lake or s3://bucket/prefix
	@$(LOCAL) lake $(LAKE_PLACE) --query="$$QUERY" $(OPTIONS)

lake-compact: $(BUILT) target/lake-built ## merges the small Parquet files of days that are over, while the sink writes; OPTIONS='--before 2026-12-01', LAKE_URL=data/lake
	@$(LOCAL) lake-compact $(LAKE_PLACE) $(OPTIONS)

windows: $(BUILT) ## 10-second windows over the flagged transactions, computed in MongoDB; LAST=12 windows
	@$(AS_READER) $(LOCAL) windows $(PORTS) --last=$(LAST) $(OPTIONS)

alerts: $(BUILT) ## fraud alerts as they come, one line for each incident; SEVERITY=HIGH and above, OPTIONS='--all --json'
	@$(LOCAL) alerts $(PORTS) $(if $(SEVERITY),--severity=$(SEVERITY)) $(OPTIONS)

status: $(BUILT) ## how each part is, in one screen, and what to do where one is unwell
	@$(AS_READER) $(LOCAL) status $(PORTS) $(OPTIONS)

quality: $(BUILT) ## what is unusual in the transactions of the last hour, SPAN=1h, against the hours before; the first time, it turns on that this is counted
	@$(AS_READER) $(LOCAL) quality $(PORTS) $(if $(SPAN),--span="$(SPAN)") $(OPTIONS)

scan: $(BUILT) ## looks for clear card numbers in all that the local stack keeps; exit code 1 if one is past the input topic. CUSTOMER=id: where a person is named
	@$(LOCAL) scan $(PORTS) $(ITS_DATA) $(if $(value CUSTOMER),--customer="$$CUSTOMER") $(OPTIONS)
scan: override export CUSTOMER := $(value CUSTOMER)

forget: $(BUILT) ## removes what is kept of one person, CUSTOMER=id as in customer_id, while traffic flows, and says what is left and until when
	@$(AS_ERASER) $(LOCAL) forget $(PORTS) $(ITS_DATA) $(STORES) --customer="$$CUSTOMER" $(OPTIONS)
forget: override export CUSTOMER := $(value CUSTOMER)

audit: ## the libraries, their licences, an SBOM (target/audit), and what is known against them, if osv-scanner is installed
	@MVN="$(MVN)" deploy/audit.sh

models-push: ## puts the model bundles, version by version, where model.dir=https://… or s3://… finds them: TO=folder or s3://bucket/prefix, FROM=models
	@udf/push-models.sh "$(TO)" "$(or $(FROM),models)"

ledger: $(BUILT) ## accounts for every record: in, flagged, cleared, rejected, in MongoDB, missing, duplicated, different; PATIENCE=60 (seconds)
	@$(AS_READER) $(LOCAL) ledger $(PORTS) $(ITS_DATA) $(STORES) $(if $(PATIENCE),--patience=$(PATIENCE)) $(OPTIONS)

crash-test: $(ROWS_BUILT) ## kills and pauses every part while the books are kept, writes docs/reliability.md: SEED=1,2,3 MINUTES=5 FAULTS=12 RATE=200 OPTIONS=--customers=5000
	@$(MVN) -ntp -q package -DskipTests -pl reliability -am
	@java -Xmx768m -jar reliability/target/flagstream-reliability.jar \
	  --seeds=$(if $(filter file,$(origin SEED)),1,$(SEED)) --minutes=$(or $(MINUTES),5) --faults=$(or $(FAULTS),12) \
	  --rate=$(if $(filter file,$(origin RATE)),200,$(RATE)) $(if $(SQL_STORE),--sql-store) $(if $(LAKE),--lake) $(OPTIONS)

fuzz: ## looks for inputs that break a reader of foreign bytes, exit code 1 if it finds one: MINUTES=10 TARGET=json,sql (default: all); see fuzz/README.md
	@$(MVN) -ntp -q package -DskipTests -pl fuzz -am
	@java -XX:TieredStopAtLevel=1 -cp "fuzz/target/test-classes:fuzz/target/lib/*" dev.flagstream.fuzz.FuzzCommand --minutes=$(or $(MINUTES),10) $(if $(TARGET),--target=$(TARGET)) $(OPTIONS)

features: ## writes what follows from the features declared in TransactionFeature: lists in ksql, schemas of the sinks, docs/features.md
	$(MVN) -ntp -q test -pl udf/api,udf -Dtest=FeatureFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dflagstream.rewrite=true $(OPTIONS)

format: ## formats the Java code
	$(MVN) -ntp -q spotless:apply

clean: ## removes what was built
	$(MVN) -ntp -q clean
	@rm -rf target monitoring/target

clean-data: ## removes the data of the local stack; data/cluster, which belongs to the containers, stays
	@if [[ -d data ]]; then find data/ -mindepth 1 -maxdepth 1 ! -name cluster -exec rm -rf {} +; fi
	@echo "The data of the local stack are gone; the next 'make demo' starts anew."
