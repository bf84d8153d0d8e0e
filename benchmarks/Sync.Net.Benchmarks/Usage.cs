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
          report    the longest task of a browser that opens the page of a large run, and zooms in it; needs chromium
            --members 200       members of the run
            --sessions 500      in which each of them meets all the others
          micro [FILTER]        codec and coordinator alone: time and allocations (FILTER like *Codec*)

        exit code: 0 all bars held, 1 one was missed, 64 usage, 70 a run failed
        """;
}

/// <summary>The command line can't be understood.</summary>
internal sealed class UsageException(string message) : Exception(message);
