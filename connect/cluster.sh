#!/usr/bin/env bash
# cluster.sh up [OPTIONS…]|down [--volumes]|ps|logs: runs the containers of docker-compose.yml. KSQLDB_SERVERS and
# CONNECT_WORKERS say how many there are of each (1 unless set); MONITORING=1 adds Prometheus and Grafana, SINKS=mongodb,mysql,lake decisions as rows and Parquet files. Options after up are those of `docker compose up`.
set -euo pipefail

cd "$(dirname "$0")/.."
data=data/cluster
poll_seconds=${POLL_SECONDS:-2}
log_lines=20

compose() {
  if docker compose version > /dev/null 2>&1; then
    docker compose "$@"
  elif command -v docker-compose > /dev/null; then
    docker-compose "$@"
  else
    echo "Docker Compose is not installed. Without Docker, 'make demo' runs the same pipeline." >&2
    exit 1
  fi
}

require_docker() {
  if ! docker info > /dev/null 2>&1; then
    echo "No Docker engine answers. Start one, or run 'make demo', which needs none." >&2
    exit 1
  fi
}

require_count() {
  if [[ ! $2 =~ ^[1-9][0-9]?$ ]]; then
    echo "$1=$2 is no number of containers: give 1 to 99." >&2
    exit 2
  fi
}

# Which stores the decisions go to; MongoDB is always one of them.
require_stores() {
  local name sinks=${SINKS:-mongodb}
  for name in ${sinks//,/ }; do
    case $name in
      mongodb | mysql | lake) ;;
      postgresql)
        echo "SINKS=$SINKS: PostgreSQL is the SQL database of the local stack (make demo); the containers have mysql." >&2
        exit 2
        ;;
      *)
        echo "SINKS=$SINKS: there is no store '$name': give mongodb, and beside it mysql, lake or both." >&2
        exit 2
        ;;
    esac
  done
  if [[ ,$sinks, != *,mongodb,* ]]; then
    echo "SINKS=$SINKS leaves out mongodb, which dashboard and ledger read: give mongodb, and beside it mysql, lake or both." >&2
    exit 2
  fi
}

# Where the containers' models come from, if not from the checkout.
require_models() {
  case ${MODEL_DIR:-} in
    '' | s3://?* | https://?*) ;;
    *)
      echo "MODEL_DIR=$MODEL_DIR is no place that ksqlDB's container can read: give s3://bucket/prefix or https://host/path. Without it, it has the models of this checkout." >&2
      exit 2
      ;;
  esac
}

require_receiver() {
  local host=${WEBHOOK_URL:-}
  host=${host#*://}
  host=${host%%[/?#]*}
  host=${host##*@}
  if [[ $host == \[* ]]; then
    host=${host%%]*}]
  else
    host=${host%%:*}
  fi
  case $host in
    localhost | *.localhost | 127.* | 0.0.0.0 | '[::1]' | '[::]')
      echo "WEBHOOK_URL=$WEBHOOK_URL: in a container, $host is the container itself. Give the name by which other machines reach the receiver, as in https://alerts.example.com/fraud; the local stack (make demo) takes this one." >&2
      exit 2
      ;;
  esac
}

has_rows() { [[ ,${SINKS:-mongodb}, == *,mysql,* ]]; }

has_lake() { [[ ,${SINKS:-mongodb}, == *,lake,* ]]; }

# A mounted file keeps its owner and mode, and the containers run as users of their own.
prepare_mounts() {
  mkdir -p "$data/extensions" "$data/secrets" "$data/webhook"
  # Other users of this machine do not get past this folder; mounts do, as they do not pass it.
  chmod 700 "$data"
  chmod 755 "$data/extensions" "$data/secrets" "$data/webhook"
  cp udf/target/flagstream-udf.jar "$data/extensions/"
  chmod 644 "$data/extensions/flagstream-udf.jar"
  if [[ ! -s $data/secrets/card-token.key ]]; then
    head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' > "$data/secrets/card-token.key"
    echo "made the card token key $data/secrets/card-token.key: keep it, tokens depend on it"
  fi
  chmod 644 "$data/secrets/card-token.key"
  if [[ -n ${WEBHOOK_URL:-} ]]; then
    if [[ ! -s $data/webhook/webhook.secret ]]; then
      echo "whsec_$(head -c 32 /dev/urandom | base64)" > "$data/webhook/webhook.secret"
      echo "made the secret of the webhook $data/webhook/webhook.secret: its receiver needs it"
    fi
    chmod 644 "$data/webhook/webhook.secret"
    export WEBHOOK_CA_FILE=
    if [[ -n ${WEBHOOK_CA:-} ]]; then
      if [[ ! -r $WEBHOOK_CA ]]; then
        echo "WEBHOOK_CA=$WEBHOOK_CA cannot be read: give a file of certificates (PEM)." >&2
        exit 2
      fi
      cp "$WEBHOOK_CA" "$data/webhook/ca.pem"
      chmod 644 "$data/webhook/ca.pem"
      export WEBHOOK_CA_FILE=/run/flagstream/ca.pem
    fi
  fi

  mkdir -p "$data/mongodb"
  chmod 755 "$data/mongodb"
  local user file made=
  for user in admin schema sink reader analyst eraser; do
    file=$data/mongodb/$user.password
    if [[ ! -s $file ]]; then
      head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' > "$file"
      made=yes
    fi
    chmod 644 "$file"
    export "MONGO_$(tr a-z A-Z <<< "$user")_PASSWORD=$(cat "$file")"
  done
  if [[ -n $made ]]; then
    echo "made the passwords of MongoDB's users in $data/mongodb: keep that of admin, which alone may change the others"
  fi

  # Docker would make those that are missing, as root's.
  mkdir -p "$data/mysql"
  (umask 022 && mkdir -p connect/target/plugins-sql)
  chmod 755 "$data/mysql"
  if has_rows; then
    if [[ ! -s $data/mysql/password ]]; then
      head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' > "$data/mysql/password"
      echo "made the password of MySQL's user flagstream $data/mysql/password: keep it, the database has it from its first start"
    fi
    chmod 644 "$data/mysql/password"
    SQL_STORE_PASSWORD=$(cat "$data/mysql/password")
    export SQL_STORE_PASSWORD ROWS_PLUGINS=,/opt/flagstream/plugins-sql
  fi

  mkdir -p "$data/lake"
  (umask 022 && mkdir -p connect/target/plugins-lake)
  chmod 755 "$data/lake"
  if has_lake; then
    if [[ ! -s $data/lake/credentials ]]; then
      LAKE_PASSWORD=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')
      printf 'MINIO_ROOT_USER=flagstream\nMINIO_ROOT_PASSWORD=%s\n' "$LAKE_PASSWORD" > "$data/lake/minio.env"
      printf '[default]\naws_access_key_id = flagstream\naws_secret_access_key = %s\n' "$LAKE_PASSWORD" > "$data/lake/credentials"
      echo "made the credentials of the lake $data/lake/credentials, which are those of MinIO's own user"
    fi
    chmod 644 "$data/lake/minio.env" "$data/lake/credentials"
    LAKE_PASSWORD=$(sed -n 's/^aws_secret_access_key = //p' "$data/lake/credentials")
    export LAKE_PASSWORD LAKE_PLUGINS=,/opt/flagstream/plugins-lake
  fi

  local mounted=(ksql connect models local/target/flagstream-local.jar local/target/lib) hidden
  if [[ -n ${MONITORING:-} ]]; then
    mounted+=(monitoring local/target/jmx)
  fi
  if [[ ${COMPOSE_FILE:-} == *deploy/* ]]; then
    mounted+=(deploy)
  fi
  hidden=$(find "${mounted[@]}" \( -type f ! -perm -o=r -o -type d ! -perm -o=rx \) -print | head -n 3)
  if [[ -n $hidden ]]; then
    echo "The users of the containers cannot read what they are given, such as:" >&2
    printf '%s\n' "$hidden" >&2
    echo "Let them: chmod -R o+rX ${mounted[*]}" >&2
    exit 1
  fi
}

# One line for each container: its service, status, health (or -), exit code, and how often Docker has started it again.
containers() {
  local ids
  ids=$(compose ps --all --quiet)
  if [[ -n $ids ]]; then
    # shellcheck disable=SC2086 # one argument for each container
    docker inspect --format \
      '{{index .Config.Labels "com.docker.compose.service"}} {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}-{{end}} {{.State.ExitCode}} {{.RestartCount}}' \
      $ids
  fi
}

progress() {
  local done_lines all
  case $1 in
    ksql-scripts) done_lines='applied [0-9][0-9]-' all=$(find ksql -name '[0-9][0-9]-*.sql' | wc -l) ;;
    connectors) done_lines='registered ' all=$(find connect -maxdepth 1 -name '*.json' | wc -l) ;;
  esac
  echo "$1: $(compose logs --no-color "$1" 2> /dev/null | grep -c "$done_lines") of $((all)) ${done_lines%% *}"
}

# What to tell of a container: "wait …" for what is still to come, "fail SERVICE reason", or "good …".
judge() {
  local service=$1 status=$2 health=$3 code=$4 restarts=${5:-0}
  if [[ $status/$health == running/starting && $restarts -gt 0 ]]; then
    echo "fail $service ends again and again, $restarts times so far"
    return
  fi
  case $service/$status/$health in
    ksql-scripts/running/* | connectors/running/*) echo "wait $(progress "$service")" ;;
    ksql-scripts/exited/* | connectors/exited/*)
      if [[ $code == 0 ]]; then echo "good $(progress "$service")"; else echo "fail $service ended with exit code $code"; fi
      ;;
    # Whose work is done then; some are of deploy/*.yml.
    collections/exited/* | topics/exited/* | mongodb-set/exited/* | mongodb-users/exited/* | lake-bucket/exited/*)
      if [[ $code == 0 ]]; then echo "good $service is done"; else echo "fail $service ended with exit code $code"; fi
      ;;
    collections/running/* | topics/running/* | mongodb-set/running/* | mongodb-users/running/* | lake-bucket/running/*) echo "wait $service is at work" ;;
    */created/* | */running/starting) echo "wait $service is awaited" ;;
    */running/healthy) echo "good $service is ready" ;;
    */running/-) echo "good $service runs" ;;
    */running/unhealthy) echo "fail $service runs, but does not answer its health check" ;;
    */restarting/*) echo "fail $service ends again and again, the last time with exit code $code" ;;
    *) echo "fail $service is $status, with exit code $code" ;;
  esac
}

advice() {
  case $1/$2 in
    */137) echo "Exit code 137: it was killed, most likely for want of memory. Give Docker 8 GiB, or the service a larger mem_limit." ;;
    mongodb-users/*) echo "If its passwords were made anew: MongoDB has those of its first start, in $data/mongodb. 'make down FRESH=1' removes its data with them." ;;
    ksql-scripts/*) echo "Mend what the message names and run 'make up' again: statements that are applied already change nothing." ;;
    *) echo "'make logs' shows everything. Run 'make up' again once it is mended; 'make down FRESH=1' first, to begin without the data." ;;
  esac
}

fail_service() {
  local service=$1 reason=$2
  {
    echo "$service $reason. The end of its log:"
    compose logs --no-color --tail=$log_lines "$service" 2>&1 | sed 's/^/  /'
    advice "$service" "${reason##* }"
  } >&2
  # Docker would go on for ever, and the next `make up` would take that for a failure of its own.
  if [[ $reason == 'ends again and again'* ]]; then
    compose stop "$service" > /dev/null 2>&1 || true
  fi
  exit 1
}

# Says each thing once, when it has become true.
say_news() {
  local line
  while IFS= read -r line; do
    if [[ -n $line && $'\n'$said != *$'\n'"$line"$'\n'* ]]; then
      echo "  $line"
      said+=$line$'\n'
    fi
  done
}

await_everything() {
  local starting=$1 log=$2 all judged failed
  said=
  while true; do
    # Before looking: what has ended by now is seen then.
    local ended=
    kill -0 "$starting" 2> /dev/null || ended=yes
    # A container can go between being listed and being looked at.
    all=$(containers 2> /dev/null) || all=
    judged=$(while read -r service status health code restarts; do
      [[ -z $service ]] || judge "$service" "$status" "$health" "$code" "$restarts"
    done <<< "$all")
    say_news <<< "$(grep -v '^fail ' <<< "$judged" | grep -v 'is awaited$' | cut -c 6-)"
    failed=$(grep '^fail ' <<< "$judged" | head -n 1 | cut -c 6- || true)
    if [[ -n $failed ]]; then
      kill "$starting" 2> /dev/null || true
      fail_service "${failed%% *}" "${failed#* }"
    fi
    if [[ -n $ended ]]; then
      if ! wait "$starting"; then
        {
          echo "Docker Compose could not start everything. It said:"
          tail -n $log_lines "$log" | sed 's/^/  /'
          echo "If a port is taken: make up KAFKA_PORT=… SQL_PORT=… CONNECT_PORT=… MONGO_PORT=… DASHBOARD_PORT=… PROMETHEUS_PORT=… GRAFANA_PORT=… SQL_STORE_PORT=… LAKE_PORT=…"
        } >&2
        exit 1
      fi
      if [[ -n $judged ]] && ! grep -q '^wait ' <<< "$judged"; then
        return
      fi
      require_docker
    fi
    sleep "$poll_seconds"
  done
}

up() {
  local servers=${KSQLDB_SERVERS:-1} workers=${CONNECT_WORKERS:-1}
  require_count KSQLDB_SERVERS "$servers"
  require_count CONNECT_WORKERS "$workers"
  require_stores
  require_models
  require_receiver
  require_docker
  prepare_mounts
  # The credentials of whoever calls this go to ksqlDB only where it reads a bucket with them.
  if [[ ${MODEL_DIR:-} == s3://* ]]; then
    export MODELS_AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-} MODELS_AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-}
    export MODELS_AWS_SESSION_TOKEN=${AWS_SESSION_TOKEN:-} MODELS_AWS_REGION=${AWS_REGION:-} MODELS_AWS_ENDPOINT_URL_S3=${AWS_ENDPOINT_URL_S3:-}
  fi
  local scale=(--scale "ksqldb-server-more=$((servers - 1))" --scale "connect-more=$((workers - 1))")
  if [[ $servers -gt 1 ]]; then
    export KSQLDB_STANDBY=true KSQLDB_STANDBY_REPLICAS=1
  fi
  export COMPOSE_PROFILES=
  if has_rows; then
    COMPOSE_PROFILES=mysql
  fi
  if has_lake; then
    COMPOSE_PROFILES=${COMPOSE_PROFILES:+$COMPOSE_PROFILES,}lake
  fi
  if [[ -n ${MONITORING:-} ]]; then
    COMPOSE_PROFILES=${COMPOSE_PROFILES:+$COMPOSE_PROFILES,}monitoring
    export JMX_AGENT=-javaagent:/opt/flagstream/jmx/jmx_prometheus_javaagent.jar=9404:/opt/flagstream/monitoring/jmx.yml
  fi
  # What is left of an earlier start would be taken for a failure of this one. Data are in volumes, which stay.
  compose rm --force > /dev/null 2>&1
  # With all that Compose has to say, as this pulls and builds images.
  compose up --no-start --build "${scale[@]}" "$@"
  echo "Starting; the first time takes some minutes."
  local log=$data/up.log begin=$SECONDS
  compose up --detach "${scale[@]}" "$@" > "$log" 2>&1 &
  await_everything $! "$log"
  cat <<END
Everything runs after $((SECONDS - begin)) s.
  Kafka    127.0.0.1:${KAFKA_PORT:-9092}
  ksqlDB   http://127.0.0.1:${SQL_PORT:-8088}   servers: $servers
  Connect  http://127.0.0.1:${CONNECT_PORT:-8083}   workers: $workers
  MongoDB  mongodb://127.0.0.1:${MONGO_PORT:-27017} as reader, password in $data/mongodb/reader.password
  The page http://127.0.0.1:${DASHBOARD_PORT:-8080}
END
  if has_rows; then
    echo "  MySQL    jdbc:mysql://127.0.0.1:${SQL_STORE_PORT:-3306}/flagstream as flagstream, password in $data/mysql/password"
  fi
  if has_lake; then
    cat <<END
  The lake export AWS_SHARED_CREDENTIALS_FILE=$data/lake/credentials
           make lake LAKE_URL='s3://flagstream/lake?endpoint=http://127.0.0.1:${LAKE_PORT:-9000}' QUERY='SELECT count(*) FROM decisions'
END
  fi
  if [[ -n ${MONITORING:-} ]]; then
    echo "  Prometheus http://127.0.0.1:${PROMETHEUS_PORT:-9090}, Grafana http://127.0.0.1:${GRAFANA_PORT:-3000}"
  fi
  cat <<END
The generator climbs to ${RATE:-200} transactions a second within ${WARM_UP:-5m}.
Next: make windows, make ksql, make mongosh, make ps, make logs; make down ends it and keeps the data.
END
}

if [[ ${1:-} != up ]]; then
  # They are stopped and shown, too, if they run.
  export COMPOSE_PROFILES=monitoring,mysql,lake
fi
case ${1:-} in
  up)
    up "${@:2}"
    ;;
  down)
    require_docker
    compose down "${@:2}"
    ;;
  ps)
    if docker info > /dev/null 2>&1 && [[ -n $(compose ps -q) ]]; then
      compose ps
    elif [[ ! -f local/target/flagstream-local.jar ]]; then
      echo "Nothing runs, and nothing has been built yet: start with 'make demo', or with 'make up' for containers." >&2
      exit 1
    else
      exec java -jar local/target/flagstream-local.jar status --kafka-port="$KAFKA_PORT" --sql-port="$SQL_PORT" \
        --connect-port="$CONNECT_PORT" --mongo-port="$MONGO_PORT"
    fi
    ;;
  logs)
    if docker info > /dev/null 2>&1 && [[ -n $(compose ps -q) ]]; then
      compose logs --follow --tail=100
    elif [[ -f data/logs/flagstream.log ]]; then
      exec tail -n 100 -F data/logs/flagstream.log
    else
      echo "Nothing has run yet: neither containers (make up) nor the local stack (make demo)." >&2
      exit 1
    fi
    ;;
  *)
    echo "usage: cluster.sh up [OPTIONS…]|down [--volumes]|ps|logs" >&2
    exit 2
    ;;
esac
