using System.Net;
using System.Net.Sockets;

namespace Sync.Net.IntegrationTests.Crowds;

/// <summary>Makes a server look like one from before there were lanes: it takes a connection that begins with a carry for another program's.</summary>
internal sealed class LanelessProxy : IAsyncDisposable
{
    private const byte Carry = 7;

    /// <summary>Length, array header, and the type.</summary>
    private const int BytesToType = 6;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly IPEndPoint _server;
    private readonly List<Task> _relays = [];
    private readonly Task _accepting;
    private int _refused;
    private int _relayed;

    public LanelessProxy(string server)
    {
        _server = IPEndPoint.Parse(server);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Endpoint => _listener.LocalEndpoint.ToString()!;

    public int Refused => Volatile.Read(ref _refused);

    public int Relayed => Volatile.Read(ref _relayed);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_relays);
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true) _relays.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
    }

    private async Task RelayAsync(TcpClient member)
    {
        using (member)
        using (var server = new TcpClient())
        {
            try
            {
                byte[] first = new byte[BytesToType];
                await member.GetStream().ReadExactlyAsync(first, _end.Token);
                if (first[^1] == Carry)
                {
                    Interlocked.Increment(ref _refused);
                    return;
                }
                Interlocked.Increment(ref _relayed);
                await server.ConnectAsync(_server, _end.Token);
                await server.GetStream().WriteAsync(first, _end.Token);
                await Task.WhenAny(
                    member.GetStream().CopyToAsync(server.GetStream(), _end.Token), server.GetStream().CopyToAsync(member.GetStream(), _end.Token));
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // One of both has gone.
            }
        }
    }
}
