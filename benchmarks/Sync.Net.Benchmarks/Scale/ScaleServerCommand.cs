namespace Sync.Net.Benchmarks.Scale;

/// <summary>A server in a process of its own that can be asked what it holds: started by the driver, not by people.</summary>
internal static class ScaleServerCommand
{
    public const string Name = "scale-server";

    /// <summary>Prints where it listens; then, for each line that it reads, its memory. Ends with its input.</summary>
    public static async Task<int> RunAsync()
    {
        await using SyncServer server = await SyncServer.StartAsync(new SyncServerOptions { Limits = new SyncLimits { MaxMembers = 200_000, MaxConnections = 200_000 } });
        Console.WriteLine(server.Endpoint);
        while (Console.ReadLine() is not null) Console.WriteLine(ServerMemory.Now());
        return 0;
    }
}
