using Sync.Net.Benchmarks.Limit;
using Sync.Net.Benchmarks.Measuring;

namespace Sync.Net.Benchmarks.Scale;

/// <summary>Separate connections of one C process, over loopback TCP.</summary>
internal static class ConnectionsRun
{
    public const int IdleConnections = 2000;

    /// <summary>Makes what the server makes at its first connections, which is no part of what one of them holds.</summary>
    private static readonly LimitLoad First = new(8, 0, WarmUpMilliseconds: 0);

    /// <summary>Bytes of managed memory a connection, joined and idle.</summary>
    public static async Task<(double Managed, double Resident)> MeasureIdleAsync(string client)
    {
        await using ScaleServer server = await ScaleServer.StartAsync(IdleConnections);
        await OpenAndCloseAsync(client, server);
        ServerMemory before = await server.MemoryAsync();
        await using HeldConnections held = await HeldConnections.OpenAsync(client, server.Port, First with { Members = IdleConnections });
        ServerMemory with = await server.MemoryAsync();
        return ((double)(with.Managed - before.Managed) / IdleConnections, (double)(with.Resident - before.Resident) / IdleConnections);
    }

    public static async Task<ScaleResult> MeasureAsync(string client, int connections, int rounds)
    {
        await using ScaleServer server = await ScaleServer.StartAsync(connections);
        await OpenAndCloseAsync(client, server);
        ServerMemory before = await server.MemoryAsync();
        var load = new LimitLoad(connections, rounds, WarmUpMilliseconds: LimitLoad.ToCompile);
        await using HeldConnections held = await HeldConnections.OpenAsync(client, server.Port, load);
        ServerMemory with = await server.MemoryAsync();
        TimeSpan median = TimeSpan.FromMicroseconds(held.Times.MedianMicroseconds), slowest = TimeSpan.FromMicroseconds(held.Times.SlowestMicroseconds);
        var summary = new RunSummary(median, slowest, slowest, slowest, new WorstRound(0, slowest));
        return new ScaleResult(connections, held.JoinMicroseconds, summary, before, with, with);
    }

    private static async Task OpenAndCloseAsync(string client, ScaleServer server)
    {
        await using HeldConnections first = await HeldConnections.OpenAsync(client, server.Port, First);
    }
}
