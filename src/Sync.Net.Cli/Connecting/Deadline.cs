using System.Diagnostics;

namespace Sync.Net.Cli.Connecting;

/// <summary>One timeout for the whole command: finding the server and waiting.</summary>
internal sealed class Deadline(TimeSpan? timeout)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>What is left; null if nothing was set.</summary>
    public TimeSpan? Left
    {
        get
        {
            if (timeout is not { } whole || whole == Timeout.InfiniteTimeSpan) return timeout;
            TimeSpan left = whole - Stopwatch.GetElapsedTime(_started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
