#!/bin/bash
# A study as a job array: each task runs one shard into a file of its own and, started again, goes
# on where it stopped. Two minutes before its time is up a task ends in good order and requeues itself.
#
#   sbatch --array=1-8 tools/slurm/array.sh SCENARIO OUT.h5 [more options of cercle run]
#   cercle status OUT.shard-*.h5 ; cercle merge -o OUT.h5 OUT.shard-*-of-8.h5
#
# CERCLE names the program; CERCLE_SHARDS the number of parts when only some are submitted again:
#   CERCLE_SHARDS=8 sbatch --array=3,5 tools/slurm/array.sh SCENARIO OUT.h5
#SBATCH --job-name=cercle
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=2
#SBATCH --time=01:00:00
#SBATCH --signal=B:USR1@120
#SBATCH --requeue
#SBATCH --open-mode=append
set -uo pipefail

scenario="$1" output="$2"
shift 2
shards="${CERCLE_SHARDS:-$SLURM_ARRAY_TASK_MAX}"

study="" warned=""
# Slurm warns this shell alone (B:).
trap 'warned=yes; [[ -n "$study" ]] && kill -USR1 "$study"' USR1
"${CERCLE:-build/release/cercle}" run "$scenario" -o "$output" --resume \
    --shard "$SLURM_ARRAY_TASK_ID/$shards" --threads "${SLURM_CPUS_PER_TASK:-1}" "$@" &
study=$!
[[ -n "$warned" ]] && kill -USR1 "$study"
# A wait that the warning ends gives no exit code of the study; it is begun anew.
while true; do
    wait "$study"
    code=$?
    [[ $code -gt 128 && $code -ne 143 && $code -ne 137 ]] || break
    kill -0 "$study" 2>/dev/null || { wait "$study"; code=$?; break; }
done
if [[ $code -eq 143 ]]; then
    echo "shard $SLURM_ARRAY_TASK_ID of $shards: not done yet, back into the queue" >&2
    scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
fi
exit "$code"
