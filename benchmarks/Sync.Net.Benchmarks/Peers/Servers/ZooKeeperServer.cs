using System.Globalization;

namespace Sync.Net.Benchmarks.Peers.Servers;

/// <summary>A stand-alone ZooKeeper of Debian's package; its directory is in memory and not synced.</summary>
internal sealed class ZooKeeperServer : IServerKind
{
    private const string Jar = "/usr/share/java/zookeeper.jar";

    public string Program => "java";

    public IReadOnlyList<string> Words(int port, string directory)
    {
        if (!File.Exists(Jar)) throw new PeerUnavailableException($"{Jar} is not there: install the package zookeeper");
        string settings = Path.Combine(directory, "zoo.cfg");
        File.WriteAllText(settings, string.Create(CultureInfo.InvariantCulture, $"""
            tickTime=2000
            dataDir={directory}
            clientPort={port}
            clientPortAddress=127.0.0.1
            maxClientCnxns=0
            admin.enableServer=false
            4lw.commands.whitelist=ruok
            """));
        return
        [
            "-Xmx1g", "-Dzookeeper.forceSync=no", "-cp", $"/etc/zookeeper/conf:{Jar}",
            "org.apache.zookeeper.server.ZooKeeperServerMain", settings,
        ];
    }

    public Task<bool> AnswersAsync(int port, CancellationToken cancellationToken) =>
        Question.AskAsync(port, "ruok", "imok", cancellationToken);
}
