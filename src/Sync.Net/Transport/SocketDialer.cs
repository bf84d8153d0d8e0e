using System.Net;
using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>Opens sockets that are read by a thread of their own, which does the connecting too.</summary>
/// <remarks>
/// Only on Linux: elsewhere a read that blocks can't be relied on to end when its socket is closed, and nobody has
/// measured that it is worth it.
/// </remarks>
internal sealed class SocketDialer(ReaderThreads threads, TimeProvider time)
{
    /// <summary>Only a Unix socket heeds it, whose listener has no room: as for other sockets, that is to be an error at once.</summary>
    private const int MillisecondsForRoom = 1;

    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Connects; null when there is no thread for it.</summary>
    /// <param name="address">Where.</param>
    /// <param name="usesHostSockets">Whether a Unix socket may stand for a port of this host.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SocketException">Nobody can be reached there.</exception>
    public Task<Stream>? TryDialAsync(EndPoint address, bool usesHostSockets, CancellationToken cancellationToken)
    {
        // The handshake goes on on that thread too: it only writes, and asks for reads.
        var connected = new TaskCompletionSource<Stream>();
        return threads.TryStart(() => Dial(address, usesHostSockets, connected, cancellationToken)) ? connected.Task : null;
    }

    private void Dial(EndPoint address, bool usesHostSockets, TaskCompletionSource<Stream> connected, CancellationToken cancellationToken)
    {
        DialedStream stream;
        try
        {
            Socket? near = usesHostSockets && address is IPEndPoint port ? HostSocket.TryConnect(port) : null;
            stream = near is null ? Connect(address, cancellationToken) : new DialedStream(near, threads, time);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Whatever the system says about the socket that was closed under it.
            connected.SetCanceled(cancellationToken);
            return;
        }
#pragma warning disable CA1031 // It is the caller's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            connected.SetException(e);
            return;
        }
        connected.SetResult(stream);
        stream.RunReads();
    }

    private DialedStream Connect(EndPoint address, CancellationToken cancellationToken)
    {
        Socket socket = OutgoingSocket.Create(address);
        try
        {
            if (address is UnixDomainSocketEndPoint) socket.SendTimeout = MillisecondsForRoom;
            using (cancellationToken.UnsafeRegister(static state => ((Socket)state!).Dispose(), socket))
            {
                socket.Connect(address);
            }
            cancellationToken.ThrowIfCancellationRequested();
            socket.SendTimeout = 0;
            OutgoingSocket.ThrowIfOwn(socket);
            return new DialedStream(socket, threads, time);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
