using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

public sealed class MemoryTransportTests : TransportTests
{
    private protected override ITransport Transport { get; } = new MemoryTransport();

    private protected override SyncEndpoint NewEndpoint() => SyncEndpoint.Tcp("anywhere", 0);

    [Fact]
    public async Task Connect_OnAnotherNetwork_FindsNobody()
    {
        using IListener listener = Transport.Listen(NewEndpoint());

        await Assert.ThrowsAsync<IOException>(() => new MemoryTransport().ConnectAsync(listener.Endpoint, Token).AsTask());
    }
}
