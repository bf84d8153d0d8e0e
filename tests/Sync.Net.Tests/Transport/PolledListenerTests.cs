using System.Net;
using System.Net.Sockets;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

/// <summary>Accepting by the poll thread, at several sockets.</summary>
public sealed class PolledListenerTests : BoundedTest
{
    private readonly Socket _first = Listening();
    private readonly Socket _second = Listening();
    private readonly PolledListener _listener;

    public PolledListenerTests()
    {
        Assert.SkipUnless(PollThread.OfProcess is not null, "There is no epoll on this system.");
        _listener = PolledListener.TryCreate(PollThread.OfProcess!, SyncEndpoint.Tcp("127.0.0.1", 1), _first, _second)!;
    }

    [Fact]
    public async Task Accept_ManyWhoCameBefore_TakesEachOnce()
    {
        List<Socket> far = [.. Enumerable.Range(0, 20).Select(i => ConnectTo(i % 3 == 0 ? _second : _first))];
        for (byte i = 0; i < far.Count; i++) far[i].Send([i]);

        HashSet<byte> heard = [];
        byte[] number = new byte[1];
        for (int i = 0; i < far.Count; i++)
        {
            await using Stream near = await _listener.AcceptAsync(Token);
            await near.ReadExactlyAsync(number, Token);
            heard.Add(number[0]);
        }

        Assert.Equal(far.Count, heard.Count);
        far.ForEach(static socket => socket.Dispose());
    }

    [Fact]
    public async Task Accept_ThatIsAwaited_GoesOnOnThePollThread()
    {
        Task<bool> accepted = AcceptAsync();
        using Socket far = ConnectTo(_second);
        Assert.True(await accepted.WaitAsync(Token));

        async Task<bool> AcceptAsync()
        {
            Stream near = await _listener.AcceptAsync(Token).ConfigureAwait(false);
            await using (near) return PollThread.IsCurrent;
        }
    }

    [Fact]
    public async Task Accept_Cancelled_LosesNobody()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<Stream> given = _listener.AcceptAsync(cancelled.Token).AsTask();

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        using Socket far = ConnectTo(_first);
        await using Stream near = await _listener.AcceptAsync(Token);
    }

    [Fact]
    public async Task Dispose_WhileAccepting_EndsItAndFreesThePorts()
    {
        var port = (IPEndPoint)_first.LocalEndPoint!;
        Task<Stream> accepting = _listener.AcceptAsync(Token).AsTask();

        _listener.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => accepting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _listener.AcceptAsync(Token).AsTask());
        using var again = new TcpListener(port);
        again.Start();
    }

    protected override void Dispose(bool disposing)
    {
        _listener?.Dispose();
        _first.Dispose();
        _second.Dispose();
        base.Dispose(disposing);
    }

    private static Socket Listening()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    private static Socket ConnectTo(Socket listener)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(listener.LocalEndPoint!);
        return socket;
    }
}
