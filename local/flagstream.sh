#!/usr/bin/env bash
# flagstream.sh COMMAND…: runs a command of the local stack (none: the list of them) with the JVM options that suit it.
# flagstream.sh class-archive: makes the archive of the classes that a start loads, from a rehearsal of the whole stack;
# they then need not be read, checked and linked again. It fits one JDK and one build; where it does not fit, it is left out.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jar=$here/target/flagstream-local.jar
archive=$here/target/flagstream.jsa
messages=$here/target/class-archive.log
generated=$here/target/generated-classes # those that the SQL engine makes of the scripts' expressions
export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2} # a C library's arenas for each of many threads are mostly air

# What an archive depends on: the JDK, the options that choose its layout, and the jars.
fingerprint() {
  java -version 2>&1
  cat "$here/jvm.options"
  ls -ln "$jar" "$here/target/lib" 2> /dev/null || true
}

run() { # JVM options, then the command
  local options=()
  while [[ ${1:-} == -* ]]; do options+=("$1"); shift; done
  exec java "@$here/jvm.options" ${JAVA_OPTS:--Xms640m -Xmx640m -Xmn288m -XX:SurvivorRatio=4} ${options[@]+"${options[@]}"} -jar "$jar" "$@"
}

# Of what a rehearsal says: how far it is. Its addresses and figures are those of a stack that is gone when they are read.
stages() {
  awk '/(ready|registered|applied) after [0-9.]+ s$/ { print; fflush() }
    /^The first flagged/ { print "  a flagged transaction is in MongoDB"; fflush() }
    /^Everything is accounted for/ { print "  its ledger is checked"; fflush() }
    /^Stopping/ { print "  writing the archive of the classes that were loaded; takes up to a minute"; fflush() }'
}

if [[ ${1:-} == class-archive ]]; then
  rm -rf "$archive" "$archive.for" "$generated"
  # The shell's own word of a JVM that crashed goes nowhere: the JVM has said more.
  if { (run "-XX:ArchiveClassesAtExit=$archive" "-XX:ErrorFile=$here/target/jvm-error-%p.log" "-Dflagstream.generated.classes=$generated" -Dflagstream.generated.classes.keep=true \
    -Xlog:disable -Xlog:all=error:stderr rehearse) 2>&1 | tee "$messages" | stages; } 2> /dev/null && [[ -f $archive ]]; then
    fingerprint > "$archive.for"
    echo "The class archive is made: $(du -h "$archive" | cut -f1)."
  else
    echo "No class archive could be made, so starts take longer; $messages says why. '$0 class-archive' tries again." >&2
    rm -f "$archive"
  fi
elif [[ ! -f $archive ]]; then
  run "-Dflagstream.class.archive=none, because there is none: $archive" "$@"
elif [[ $(cat "$archive.for" 2> /dev/null) != $(fingerprint) ]]; then
  run "-Dflagstream.class.archive=none, because it was made for another JDK or another build: $archive" "$@"
else
  log=("-Xlog:cds*=off")
  if [[ -w $messages || ( ! -e $messages && -w ${messages%/*} ) ]]; then # not somebody else's checkout
    log+=("-Xlog:cds*=warning:file=$messages")
  fi
  run "-XX:SharedArchiveFile=$archive" -Xshare:auto "${log[@]}" "-Dflagstream.generated.classes=$generated" "-Dflagstream.class.archive=$archive" "$@"
fi
