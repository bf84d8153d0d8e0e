using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

/// <summary>Ports of this host, by the way round TCP.</summary>
public sealed class HostSocketTransportTests : TransportTests
{
    private protected override ITransport Transport => SocketTransport.Instance;

    private protected override SyncEndpoint NewEndpoint() => SyncEndpoint.Tcp("127.0.0.1", 0);

    [Theory]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("127.0.0.1", "localhost")]
    [InlineData("127.0.0.7", "127.0.0.7")]
    public async Task Connect_ToAnotherAddressOfTheListener_IsAccepted(string listen, string connect)
    {
        using IListener listener = Transport.Listen(SyncEndpoint.Tcp(listen, 0));

        await using Stream near = await Transport.ConnectAsync(SyncEndpoint.Tcp(connect, listener.Endpoint.Port), Token);
        await using Stream far = await listener.AcceptAsync(Token);
        await near.WriteAsync(new byte[] { 7 }, Token);

        Assert.Equal(7, await ReadByteAsync(far));
    }

    [Fact]
    public async Task Accept_TakesThoseFromTheNetworkToo()
    {
        using IListener listener = Transport.Listen(NewEndpoint());

        await using Stream remote = await SocketTransport.TcpOnly.ConnectAsync(listener.Endpoint, Token);
        await using Stream first = await listener.AcceptAsync(Token);
        await using Stream local = await Transport.ConnectAsync(listener.Endpoint, Token);
        await using Stream second = await listener.AcceptAsync(Token);
        await remote.WriteAsync(new byte[] { 1 }, Token);
        await local.WriteAsync(new byte[] { 2 }, Token);

        byte[] heard = [await ReadByteAsync(first), await ReadByteAsync(second)];
        Assert.Equal<byte>([1, 2], heard);
    }

    [Fact]
    public async Task Accept_ThatWasCancelled_LosesNobody()
    {
        using IListener listener = Transport.Listen(NewEndpoint());
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<Stream> given = listener.AcceptAsync(cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        await using Stream near = await Transport.ConnectAsync(listener.Endpoint, Token);
        await using Stream far = await listener.AcceptAsync(Token);
        await near.WriteAsync(new byte[] { 3 }, Token);

        Assert.Equal(3, await ReadByteAsync(far));
    }

    private async Task<byte> ReadByteAsync(Stream stream)
    {
        byte[] one = new byte[1];
        await stream.ReadExactlyAsync(one, Token);
        return one[0];
    }
}

public sealed class HostSocketTests : BoundedTest
{
    private static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, 65001);

    public HostSocketTests() => Assert.SkipUnless(HostSocket.IsSupported, "Abstract names of Unix sockets are Linux's.");

    [Fact]
    public void Connect_WhereNobodyListens_IsNoWay() => Assert.Null(HostSocket.TryConnect(Anywhere));

    [Fact]
    public void Connect_ToListener_IsAUnixSocket()
    {
        using Socket listener = HostSocket.TryListen(Anywhere)!;

        using Socket? near = HostSocket.TryConnect(Anywhere);

        Assert.Equal(AddressFamily.Unix, near?.AddressFamily);
    }

    [Fact]
    public void Listen_WhereAnotherDoes_IsNoWay()
    {
        using Socket listener = HostSocket.TryListen(Anywhere)!;

        Assert.Null(HostSocket.TryListen(Anywhere));
    }

    /// <summary>192.0.2.1 is nobody's address, and this host's listener has that of another.</summary>
    [Fact]
    public void Connect_ToAnotherHost_NeverEndsAtThisOne()
    {
        var listened = new IPEndPoint(IPAddress.Any, 65002);
        using Socket listener = HostSocket.TryListen(listened)!;

        Assert.Null(HostSocket.TryConnect(new IPEndPoint(IPAddress.Parse("192.0.2.1"), listened.Port)));
        using Socket? near = HostSocket.TryConnect(new IPEndPoint(IPAddress.Loopback, listened.Port));
        Assert.NotNull(near);
    }

    [Fact]
    public async Task Connect_ToAnotherUsersListener_IsNoWay()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/perl"), "Only root, with perl, can be another user.");
        const int Nobody = 65534;
        string script = $$"""
            use Socket; $> = {{Nobody}}; socket(my $s, PF_UNIX, SOCK_STREAM, 0); bind($s, pack_sockaddr_un("\0sync.net/127.0.0.1:65003")) or die $!; listen($s, 9);
            $| = 1; print "listens\n"; <STDIN>;
            """;
        using Process other = Process.Start(new ProcessStartInfo("/usr/bin/perl", ["-e", script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal("listens", await other.StandardOutput.ReadLineAsync(Token));

            Assert.Null(HostSocket.TryConnect(new IPEndPoint(IPAddress.Loopback, 65003)));
        }
        finally
        {
            other.StandardInput.Close();
            await other.WaitForExitAsync(Token);
        }
    }
}
