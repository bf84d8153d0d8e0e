using System.Net.Sockets;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

public sealed class TcpV4TransportTests : TransportTests
{
    private protected override ITransport Transport => SocketTransport.TcpOnly;

    private protected override SyncEndpoint NewEndpoint() => SyncEndpoint.Tcp("127.0.0.1", 0);

    [Fact]
    public async Task Connect_ByName_TriesAllAddresses()
    {
        using IListener listener = Transport.Listen(NewEndpoint());

        await using Stream near = await Transport.ConnectAsync(SyncEndpoint.Tcp("localhost", listener.Endpoint.Port), Token);
        await using Stream far = await listener.AcceptAsync(Token);
    }

    [Fact]
    public void Listen_ByName_KeepsTheName()
    {
        using IListener listener = Transport.Listen(SyncEndpoint.Tcp("localhost", 0));

        Assert.Equal("localhost", listener.Endpoint.Host);
        Assert.NotEqual(0, listener.Endpoint.Port);
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("no-such-host.invalid")]
    public void Listen_AddressOfAnother_IsNoSuchAddress(string host)
    {
        BindException e = Assert.Throws<BindException>(() => Transport.Listen(SyncEndpoint.Tcp(host, 0)));

        Assert.Equal(BindFailure.NoSuchAddress, e.Failure);
        Assert.Contains(host, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_UnknownName_ThrowsIOException() =>
        await Assert.ThrowsAsync<IOException>(() => Transport.ConnectAsync(SyncEndpoint.Tcp("no-such-host.invalid", 1), Token).AsTask());
}

public sealed class TcpV6TransportTests : TransportTests
{
    public TcpV6TransportTests() => Assert.SkipUnless(Socket.OSSupportsIPv6 && CanBind(), "IPv6 is switched off");

    private protected override ITransport Transport => SocketTransport.TcpOnly;

    private protected override SyncEndpoint NewEndpoint() => SyncEndpoint.Tcp("::1", 0);

    [Fact]
    public async Task Listen_AnyV6_TakesV4Too()
    {
        using IListener listener = Transport.Listen(SyncEndpoint.Tcp("::", 0));

        await using Stream near = await Transport.ConnectAsync(SyncEndpoint.Tcp("127.0.0.1", listener.Endpoint.Port), Token);
        await using Stream far = await listener.AcceptAsync(Token);
    }

    private static bool CanBind()
    {
        try
        {
            using IListener listener = SocketTransport.TcpOnly.Listen(SyncEndpoint.Tcp("::1", 0));
            return true;
        }
        catch (BindException)
        {
            return false;
        }
    }
}
