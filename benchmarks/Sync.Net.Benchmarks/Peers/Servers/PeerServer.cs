namespace Sync.Net.Benchmarks.Peers.Servers;

/// <summary>A peer's server on a loopback port of its own, with a directory of its own in memory where there is one.</summary>
internal sealed class PeerServer : IAsyncDisposable
{
    private const string InMemory = "/dev/shm";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly GuardedProcess _process;
    private readonly string _directory;

    private PeerServer(GuardedProcess process, int port, string directory)
    {
        _process = process;
        Port = port;
        _directory = directory;
    }

    public int Port { get; }

    /// <summary>Returns when the server answers.</summary>
    public static async Task<PeerServer> StartAsync(string guard, IServerKind kind, CancellationToken cancellationToken)
    {
        int port = FreePort.Find();
        string parent = Directory.Exists(InMemory) ? InMemory : Path.GetTempPath();
        string directory = Directory.CreateDirectory(Path.Combine(parent, $"sync-net-bench-{Guid.NewGuid():N}")).FullName;
        PeerServer? server = null;
        try
        {
            server = new PeerServer(GuardedProcess.Start(guard, kind.Program, kind.Words(port, directory)), port, directory);
            await server.WaitUntilItAnswersAsync(kind, cancellationToken);
            return server;
        }
        catch
        {
            if (server is null) Directory.Delete(directory, recursive: true);
            else await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task WaitUntilItAnswersAsync(IServerKind kind, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StartLimit);
        try
        {
            while (!await kind.AnswersAsync(Port, deadline.Token))
            {
                if (_process.HasExited) throw new PeerUnavailableException($"the server ended at its start: {await _process.LastWordsAsync()}");
                await Task.Delay(Pause, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PeerUnavailableException($"{kind.Program} does not answer within {StartLimit.TotalSeconds:F0} s");
        }
    }
}
