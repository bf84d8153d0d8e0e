using System.Globalization;
using Sync.Net.Benchmarks.Limit;

namespace Sync.Net.Benchmarks.Scale;

/// <summary>One C process with a connection a member: they join, meet, and stay until this is disposed.</summary>
internal sealed class HeldConnections : IAsyncDisposable
{
    private const string Seconds = "600";

    private readonly TalkingProcess _process;

    private HeldConnections(TalkingProcess process, string told)
    {
        _process = process;
        Times = LimitTimes.Parse(told);
        JoinMicroseconds = double.Parse(told.Split(' ')[3], CultureInfo.InvariantCulture) / 1000;
    }

    /// <summary>Of the rounds.</summary>
    public LimitTimes Times { get; }

    /// <summary>The time of all joins, divided by their number.</summary>
    public double JoinMicroseconds { get; }

    public static async Task<HeldConnections> OpenAsync(string client, string place, LimitLoad load)
    {
        string[] numbers = [.. new[] { load.Members, load.WarmUpMilliseconds, load.Rounds, 0 }.Select(static number => number.ToString(CultureInfo.InvariantCulture))];
        var process = TalkingProcess.Start(load.Members + ScaleServer.OwnFiles, client, ["hold", "sync", place, .. numbers, Seconds]);
        return new HeldConnections(process, await process.HearAsync());
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
