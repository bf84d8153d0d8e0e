using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sync.Net.Cli.Emulab;

/// <summary>Requests by UDP: only what need not wait, because nobody could tell that a waiter has gone.</summary>
internal sealed class EmulabDatagrams : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly EmulabDesk _desk;
    private readonly CancellationToken _stop;
    private readonly Task _running;

    public EmulabDatagrams(Socket socket, EmulabDesk desk, CancellationToken stop)
    {
        _socket = socket;
        _desk = desk;
        _stop = stop;
        _running = Task.Run(RunAsync, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _running;
        _socket.Dispose();
    }

    private async Task RunAsync()
    {
        // One more than a request has, so that a longer one is seen to be none.
        byte[] bytes = new byte[EmulabRequest.Size + 1];
        EndPoint any = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult got = await _socket.ReceiveFromAsync(bytes, any, _stop);
                int code = await AnswerAsync(bytes.AsMemory(0, got.ReceivedBytes), ((IPEndPoint)got.RemoteEndPoint).Address);
                byte[] reply = new byte[EmulabRequest.ReplySize];
                MemoryMarshal.Write(reply, code);
                await _socket.SendToAsync(reply, got.RemoteEndPoint, _stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // Its sender has gone, or the datagram was longer: the next one.
            }
        }
    }

    private async Task<int> AnswerAsync(ReadOnlyMemory<byte> bytes, IPAddress from) =>
        EmulabRequest.Read(bytes.Span) is { IsInitialiser: true, IsAsynchronous: true } request
            ? await _desk.ServeAsync(request, from, _stop)
            : EmulabCodes.Server;
}
