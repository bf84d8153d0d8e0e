using Sync.Net.Tests.Transport.Carrying;
using Sync.Net.Transport;

namespace Sync.Net.Tests.PublicApi.Groups;

/// <summary>Groups whose members all share one connection, over TCP.</summary>
public sealed class CarriedConformanceTests : NetworkConformanceTests
{
    private readonly CarryingTransport _network = new(SocketTransport.TcpOnly);

    private protected override ITransport Network => _network;

    private protected override string Listen => "127.0.0.1:0";

    [Fact]
    public async Task Join_ManyMembers_ShareOneConnection()
    {
        await JoinAllAsync("a b c d e");

        Assert.Equal(1, _network.Connected);
    }
}
