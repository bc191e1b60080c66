#!/bin/bash
# A study on the tasks of one job: ranks take runs as they are ready, rank 0 puts them together.
# Started again, it goes on where it stopped. Two minutes before its time is up it ends in good
# order and requeues itself.
#
#   sbatch --ntasks=32 tools/slurm/mpi.sh SCENARIO OUT.h5 [more options of cercle run]
#
# CERCLE names the program (built by make mpi), CERCLE_LAUNCH what starts the tasks, such as
# "srun --mpi=pmix --kill-on-bad-exit=1" where Slurm and MPI know each other.
#SBATCH --job-name=cercle
#SBATCH --ntasks=4
#SBATCH --cpus-per-task=1
#SBATCH --time=01:00:00
#SBATCH --signal=B:USR1@120
#SBATCH --requeue
#SBATCH --open-mode=append
set -uo pipefail

scenario="$1" output="$2"
shift 2
# Open MPI would bind each of one or two ranks to one core, whatever its share of the machine.
launch="${CERCLE_LAUNCH:-mpirun --bind-to none -n $SLURM_NTASKS}"

study="" warned=""
# mpirun passes the warning on to its ranks.
trap 'warned=yes; [[ -n "$study" ]] && kill -USR1 "$study"' USR1
$launch "${CERCLE:-build/mpi/cercle}" run "$scenario" -o "$output" --resume \
    --threads "${SLURM_CPUS_PER_TASK:-1}" "$@" &
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
    echo "not done yet, back into the queue" >&2
    scontrol requeue "$SLURM_JOB_ID"
fi
exit "$code"
