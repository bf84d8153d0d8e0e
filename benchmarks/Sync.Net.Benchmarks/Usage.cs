namespace Sync.Net.Benchmarks;

internal static class Usage
{
    public const int ExitCode = 64;

    public const string Text = """
        usage: dotnet run -c Release --project benchmarks/Sync.Net.Benchmarks -- NAME

          latency   one process a member over loopback TCP, in turns with a C program: last arrival to all released
            --members 2,8       sizes of the group
            --rounds 10000      rounds that count, in each run
            --warm-up 20000     rounds before them
            --alternations 5    runs of each side, in turns
            --bytes 64          what each member gives to SyncData
            --json FILE         the ratios as rows
          limit [PART …]        our server and a C epoll server, in turns, with the same C clients
            PART                tcp, unix, gather, joins, long, allocations, calls; all by default; tcp, unix, allocations and calls take sizes: tcp 8 64
            --alternations 5    runs of each server, in turns
            --server FILE       a syncnet to be measured instead of the one built here
            --json FILE         the ratios as rows
          peers [PART …]        one process a member, in turns with other systems' barriers:
                                redis, etcd, zookeeper, mpi, mpi-allgather; all when none is named
            --members 2,8,32    sizes of the group (mpi and mpi-allgather: 8,64)
            --alternations 5    runs of each side, in turns
            --runtime native    all members in C# are one native binary, published here; or jit: compiled while they run
            --server member     our first member hosts the server; or apart: it is a process of its own, as the peers' are
            --json FILE         the ratios as rows
          scale [PART …]        many members of one server: joins, rounds, memory a member
            PART                idle, connections, members; all by default
            --connections 10000 separate connections, of one C process
            --members 100000    members that share processes
            --processes 4       those processes
            --joining 256       members of a process that join at once
            --rounds 20         rounds that count, after half as many
            --alternations 3    runs of each
            --json FILE         the figures as rows
          report    the longest task of a browser that opens the page of a large run, and zooms in it; needs chromium
            --members 200       members of the run
            --sessions 500      in which each of them meets all the others
          micro [FILTER]        codec and coordinator alone: time and allocations (FILTER like *Codec*)
          startup   the whole life of a native `syncnet sync`, in turns with an empty native .NET program and a C program
            --rounds 200        of each
            --warm-up 20        rounds before them
            --tool FILE         the native tool; else it is published here
            --json FILE         the ratios as rows
          crowd     `syncnet barrier` processes at once on one server; all must be released
            --members 500       processes
            --rounds 20         meetings
            --tool FILE         the native tool; else it is published here
            --json FILE         the rounds

        exit code: 0 all bars held, 1 one was missed, 64 usage, 69 no peer is there, 70 a run failed
        """;
}

/// <summary>The command line can't be understood.</summary>
internal sealed class UsageException(string message) : Exception(message);
