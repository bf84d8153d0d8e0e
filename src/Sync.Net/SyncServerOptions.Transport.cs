using Sync.Net.Transport;

namespace Sync.Net;

public sealed partial class SyncServerOptions
{
    /// <summary>Replaces the network, for tests; null for sockets.</summary>
    internal ITransport? Transport { get; set; }
}
