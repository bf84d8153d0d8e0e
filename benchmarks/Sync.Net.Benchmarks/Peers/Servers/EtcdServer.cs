using System.Globalization;

namespace Sync.Net.Benchmarks.Peers.Servers;

/// <summary>etcd as a cluster of one; its directory is in memory, so that its syncs cost next to nothing.</summary>
internal sealed class EtcdServer : IServerKind
{
    public string Program => "etcd";

    public IReadOnlyList<string> Words(int port, string directory)
    {
        string clients = Url(port);
        string peers = Url(FreePort.Find());
        return
        [
            "--name", "bench", "--data-dir", Path.Combine(directory, "data"), "--log-level", "error",
            "--listen-client-urls", clients, "--advertise-client-urls", clients,
            "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", $"bench={peers}",
        ];
    }

    public Task<bool> AnswersAsync(int port, CancellationToken cancellationToken) =>
        Question.AskAsync(port, "GET /health HTTP/1.0\r\n\r\n", "\"health\":\"true\"", cancellationToken);

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
