namespace Sync.Net.Benchmarks.Peers.Servers;

/// <summary>How a peer's server is started, and how one sees that it is there.</summary>
internal interface IServerKind
{
    string Program { get; }

    IReadOnlyList<string> Words(int port, string directory);

    Task<bool> AnswersAsync(int port, CancellationToken cancellationToken);
}
