namespace Sync.Net.Benchmarks.Members;

/// <summary>A server in a process of its own, as `syncnet serve` is one: started by the driver, not by people.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    /// <summary>Prints where it listens, and ends with its input.</summary>
    public static async Task<int> RunAsync()
    {
        await using SyncServer server = await SyncServer.StartAsync();
        Console.WriteLine(server.Endpoint);
        while (Console.ReadLine() is not null)
        {
        }
        return 0;
    }
}
