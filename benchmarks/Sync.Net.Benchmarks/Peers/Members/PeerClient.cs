namespace Sync.Net.Benchmarks.Peers.Members;

/// <summary>The peers' clients in C#.</summary>
internal enum PeerClient
{
    /// <summary>INCR; the last one publishes.</summary>
    RedisPublish,

    /// <summary>A script counts and publishes.</summary>
    RedisScript,

    /// <summary>Put and count in a transaction; the last one puts what the others watch.</summary>
    Etcd,
}
