using Sync.Net.Benchmarks.Peers;

namespace Sync.Net.Benchmarks.Scale;

/// <summary>The server's process, as the driver sees it.</summary>
internal sealed class ScaleServer : IAsyncDisposable
{
    /// <summary>A process' own, besides its connections.</summary>
    public const int OwnFiles = 1000;

    private readonly TalkingProcess _process;

    private ScaleServer(TalkingProcess process, string endpoint) => (_process, Endpoint) = (process, endpoint);

    public string Endpoint { get; }

    public string Port => Endpoint[(Endpoint.LastIndexOf(':') + 1)..];

    public static async Task<ScaleServer> StartAsync(int connections)
    {
        var process = TalkingProcess.Start(connections + OwnFiles, Executable.Path, ScaleServerCommand.Name);
        return new ScaleServer(process, await process.HearAsync());
    }

    public async Task<ServerMemory> MemoryAsync() => ServerMemory.Parse(await _process.AskAsync("memory"));

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
