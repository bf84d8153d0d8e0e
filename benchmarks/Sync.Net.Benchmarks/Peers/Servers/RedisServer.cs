using System.Globalization;

namespace Sync.Net.Benchmarks.Peers.Servers;

/// <summary>redis-server without persistence; all else is its default.</summary>
internal sealed class RedisServer : IServerKind
{
    public string Program => "redis-server";

    public IReadOnlyList<string> Words(int port, string directory) =>
    [
        "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", directory,
        "--save", "", "--appendonly", "no",
    ];

    public Task<bool> AnswersAsync(int port, CancellationToken cancellationToken) =>
        Question.AskAsync(port, "PING\r\n", "+PONG", cancellationToken);
}
