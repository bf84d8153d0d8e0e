using System.Net;
using System.Net.Sockets;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

/// <summary>Sockets of which the poll thread serves both sides.</summary>
internal sealed class PollingTransport : ITransport
{
    public ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken)
    {
        Socket socket = OutgoingSocket.Create(new IPEndPoint(IPAddress.Loopback, 0));
        try
        {
            socket.Connect(IPAddress.Parse(endpoint.Host), endpoint.Port);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException($"Cannot connect to {endpoint}", e);
        }
        return ValueTask.FromResult<Stream>(PollThread.OfProcess!.TryServe(socket)!);
    }

    public IListener Listen(SyncEndpoint endpoint) => SocketTransport.TcpOnly.Listen(endpoint);

    public ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
        SocketTransport.TcpOnly.IsLocalAsync(endpoint, cancellationToken);
}

public sealed class PolledTransportTests : TransportTests
{
    public PolledTransportTests() => Assert.SkipUnless(PollThread.OfProcess is not null, "There is no epoll on this system.");

    private protected override ITransport Transport { get; } = new PollingTransport();

    private protected override SyncEndpoint NewEndpoint() => SyncEndpoint.Tcp("127.0.0.1", 0);

    [Fact]
    public async Task Accept_IsServedByThePollThread()
    {
        using IListener listener = Transport.Listen(NewEndpoint());
        await using Stream near = await Transport.ConnectAsync(listener.Endpoint, Token);
        await using Stream far = await listener.AcceptAsync(Token);

        Assert.IsType<PolledStream>(far);
    }
}
