using Sync.Net.Transport;

namespace Sync.Net;

public sealed partial class SyncOptions
{
    /// <summary>What carries the bytes; null for sockets.</summary>
    internal ITransport? Transport { get; set; }
}
