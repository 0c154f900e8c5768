# The tests: sourced by the launcher spd, whose functions and variables it uses.
# shellcheck shell=sh disable=SC2154

# The reports of the Java tests that ran last; their folder below each module is in $reports.
reports=$target/surefire-reports

count() { # attribute, end of the class names: its sum over the reports
  cat "$root"/*/"$reports"/TEST-*"${2:-}".xml 2>/dev/null | sed -n "s/^<testsuite .* $1=\"\([0-9]*\)\".*/\1/p" |
    awk '{ n += $1 } END { print n + 0 }'
}

failures=0 passed=0 skipped=0

# A part of the tests: its name, seconds used, budget. Being over it is said, but no failure: a machine can be slow or busy.
part() {
  printf '%s: %s s of %s s\n' "$1" "$2" "$3"
  [ "$2" -le "$3" ] || say "spd test: the part $1 took longer than its budget; on a quiet machine that is a fault"
}

# Adds the closing line that a part printed; a part without one failed.
add_closing_line() { # file, status
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' "$1" | tail -n 1)
  set -- ${line:-0 passed, 1 failed, 0 skipped} "$2"
  passed=$((passed + $1)) failures=$((failures + $3)) skipped=$((skipped + $5))
  [ "$7" -eq 0 ] || [ "$3" -gt 0 ] || failures=$((failures + 1))
}

java_tests() { # name, budget, folder of the build, arguments of Maven
  name=$1 budget=$2 reports=$3/surefire-reports
  shift 3
  rm -rf "$root"/*/"$reports"
  began=$(date +%s)
  status=0
  (cd "$root" && "$maven" -B "-Dspd.revision=$(revision)" "$@") || status=1
  bad=$(($(count failures) + $(count errors)))
  out=$(count skipped)
  good=$(($(count tests) - bad - out))
  [ "$status" -eq 0 ] && [ $((good + out)) -gt 0 ] || [ "$bad" -gt 0 ] || bad=1
  passed=$((passed + good)) failures=$((failures + bad)) skipped=$((skipped + out))
  part "$name" $(($(date +%s) - began)) "$budget"
}

# What became of the tests that need a GPU, and why.
tell_gpu_tests() {
  left=$(count skipped GpuTest)
  say "GPU tests: $(($(count tests GpuTest) - left)) run, $left skipped"
  cat "$root"/*/"$reports"/TEST-*GpuTest.xml 2>/dev/null |
    sed -n 's/.*Assumption failed: \(.*\)$/GPU tests: \1/p' | sort -u >&2
}

# A JDK of 21 or newer, which Error Prone needs: the one of SPD_ANALYSIS_JDK, the one in use, or one where they usually are.
analysis_jdk() {
  for home in "${SPD_ANALYSIS_JDK:-}" "$(printf '%s\n' "$settings" | sed -n 's/ *java.home = //p')" /usr/lib/jvm/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -x "$home/bin/javac" ] && [ -r "$home/release" ] || continue
    number=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
    [ "${number:-0}" -lt 21 ] || { printf '%s\n' "$home"; return 0; }
  done
  return 1
}

static_analysis() { # budget
  if ! jdk=$(analysis_jdk); then
    say "static analysis: SKIPPED, it needs a JDK 21 or newer and found none; install one or name its folder in SPD_ANALYSIS_JDK"
    skipped=$((skipped + 1))
    return 0
  fi
  say "static analysis: Error Prone and NullAway with $jdk"
  began=$(date +%s)
  if (cd "$root" && JAVA_HOME=$jdk "$maven" -B -Pstatic-analysis clean test-compile); then
    passed=$((passed + 1))
  else
    failures=$((failures + 1))
  fi
  part "static analysis" $(($(date +%s) - began)) "$1"
}

# Core and twins on the DJL and PyTorch that have CUDA natives, by their CPU natives.
cuda_versions() { # budget
  case $(uname -s)-$(uname -m) in
    Linux-x86_64 | Darwin-arm64) ;;
    *)
      say "Java on CUDA's versions: SKIPPED, those have no CPU natives for $(uname -s) $(uname -m)"
      skipped=$((skipped + 1))
      return 0
      ;;
  esac
  java_tests "Java on CUDA's versions" "$1" target/cuda-on-cpu -Pcuda-on-cpu -pl spd-core,spd-twins -am \
    -Dtest.excludedGroups= test
}

python_tests() { # name, budget, command
  name=$1 budget=$2
  shift 2
  began=$(date +%s)
  status=0
  log=$root/.spd/$name-tests.txt
  { "$venv/bin/python" "$@" 2>&1 && echo 0 >"$log.status" || echo 1 >"$log.status"; } | tee "$log"
  add_closing_line "$log" "$(cat "$log.status")"
  part "$name" $(($(date +%s) - began)) "$budget"
}

run_tests() {
  case ${1:-} in
    '') java_tests Java 360 "$target" ${natives:+"-P$natives"} -Dtest.excludedGroups=slow clean verify ;;
    --all) java_tests Java 3600 "$target" "-Pcoverage${natives:+,$natives}" -Dtest.excludedGroups= clean verify ;;
    --gpu) java_tests Java 600 "$target" ${natives:+"-P$natives"} -Dtest.groups=gpu -Dtest.excludedGroups= test ;;
    *) say "spd test: unknown option $1; use --all, --gpu or none"; exit 2 ;;
  esac
  tell_gpu_tests
  if [ "${1:-}" = --all ]; then
    static_analysis 600
    cuda_versions 1800
  fi
  case ${1:-} in
    '') notebook_tests 420 ;;
    --all) notebook_tests 1200 --all ;;
  esac
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failures" "$skipped"
  [ "$failures" -eq 0 ]
}

# The first notebook and every other one, the rest of them on the next day; with --all each of them.
executed_notebooks() { # how often, --all or nothing
  often=$1 all=$2
  day=$(($(date +%s) / 86400)) place=0 left=0
  set --
  for notebook in "$root"/notebooks/*.ipynb; do
    if [ -n "$all" ] || [ "$place" -eq 0 ] || [ $(((place + day) % 2)) -eq 0 ]; then
      set -- "$@" "$notebook"
    else
      left=$((left + 1))
    fi
    place=$((place + 1))
  done
  if [ "$left" -gt 0 ]; then
    say "notebooks: $left of $place are left out today and executed tomorrow; --all executes each of them"
    skipped=$((skipped + left))
  fi
  python_tests notebooks 480 "$root/notebooks/execute.py" "$often" --out "$root/.spd/test-notebooks" "$@"
}

notebook_tests() { # budget of the kernel, its option: --all executes the notebooks twice
  setup
  rm -rf "$root/.spd/test-runs" "$root/.spd/test-notebooks"
  SPD_RUNS=$root/.spd/test-runs
  jupyter_settings
  often=--apart
  [ -z "${2:-}" ] || often=--twice
  python_tests kernel "$1" "$root/kernel/src/test/python/run.py" ${2:-} "$root/kernel/src/test/python" "$root/spd-magics/src/test/python"
  executed_notebooks "$often" "${2:-}"
  python_tests book 60 "$root/book/check.py"
}
