/*
 * MPI_Barrier, or MPI_Allgather of BYTES a rank when BYTES is above 0, again and again; started by mpirun.
 *
 * usage: mpi_rounds BYTES MEMBERS ROUNDS SECONDS DIRECTORY
 */
#include "rounds.h"
#include <mpi.h>

static void gather(char *mine, char *all, int bytes, const struct plan *plan)
{
    if (MPI_Allgather(mine, bytes, MPI_BYTE, all, bytes, MPI_BYTE, MPI_COMM_WORLD) != MPI_SUCCESS)
        fail("mpi", "MPI_Allgather failed");
    for (int rank = 0; rank < plan->members; rank++) {
        if (all[(size_t)rank * (size_t)bytes] != mine[0]) fail("mpi", "MPI_Allgather brought another round's bytes");
    }
}

int main(int argc, char **argv)
{
    struct plan plan;
    MPI_Init(&argc, &argv);
    if (argc != 6 || !read_plan(argv + 2, &plan)) fail("usage", "mpi_rounds BYTES MEMBERS ROUNDS SECONDS DIRECTORY");
    int bytes = atoi(argv[1]);
    int rank, size;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    if (size != plan.members) fail("mpi", "another number of ranks was started");

    int64_t *times = new_times(&plan);
    char *mine = calloc((size_t)bytes + 1, 1);
    char *all = calloc((size_t)bytes + 1, (size_t)size);
    for (long round = 0; round < plan.rounds; round++) {
        if (bytes > 0) memset(mine, (char)round, (size_t)bytes);
        times[2 * round] = now();
        if (bytes > 0) gather(mine, all, bytes, &plan);
        else if (MPI_Barrier(MPI_COMM_WORLD) != MPI_SUCCESS) fail("mpi", "MPI_Barrier failed");
        times[2 * round + 1] = now();
    }
    leave_times(&plan, rank, times);
    MPI_Finalize();
    return 0;
}
