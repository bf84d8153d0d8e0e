using System.Net.Sockets;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

public sealed class DialedTcpTests : TransportTests
{
    private protected override ITransport Transport { get; } = new DialingTransport();

    private protected override SyncEndpoint NewEndpoint() => SyncEndpoint.Tcp("127.0.0.1", 0);

    [Fact]
    public async Task Dial_ByName_TriesAllAddresses()
    {
        using IListener listener = Transport.Listen(NewEndpoint());

        await using Stream near = await Transport.ConnectAsync(SyncEndpoint.Tcp("localhost", listener.Endpoint.Port), Token);
        await using Stream far = await listener.AcceptAsync(Token);
    }
}

public sealed class DialedUnixTests : TransportTests
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sync-net-");

    private protected override ITransport Transport { get; } = new DialingTransport();

    private protected override SyncEndpoint NewEndpoint() => SyncEndpoint.Unix(Path.Combine(_directory.FullName, "s"));

    [Fact]
    public async Task Dial_ListenerWithoutRoom_FailsInsteadOfBlocking()
    {
        string path = Path.Combine(_directory.FullName, "full");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        var open = new List<Stream>();

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true) open.Add(await Transport.ConnectAsync(SyncEndpoint.Unix(path), Token));
        });

        foreach (Stream stream in open) await stream.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _directory.Delete(recursive: true);
    }
}
