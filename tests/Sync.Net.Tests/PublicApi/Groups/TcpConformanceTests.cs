using Sync.Net.Transport;

namespace Sync.Net.Tests.PublicApi.Groups;

/// <summary>Groups over TCP.</summary>
public sealed class TcpConformanceTests : NetworkConformanceTests
{
    private protected override ITransport Network => SocketTransport.TcpOnly;

    private protected override string Listen => "127.0.0.1:0";
}
