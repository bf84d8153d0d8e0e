using System.Net.Sockets;
using System.Runtime.InteropServices;
using Sync.Net.Cli.Emulab;

namespace Sync.Net.Cli.DropIns;

/// <summary>Asks a server that speaks Emulab's own protocol.</summary>
internal static class EmulabClient
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <exception cref="SocketException">The host's name is not known, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the time is over.</exception>
    public static async Task<int> AskAsync(EmulabPlace place, EmulabRequest request, Action<string> tell, CancellationToken cancellationToken)
    {
        using Socket socket = await ConnectAsync(place, tell, cancellationToken);
        await socket.SendAsync(request.ToBytes(), cancellationToken);
        byte[] reply = new byte[EmulabRequest.ReplySize];
        for (int read = 0; read < reply.Length;)
        {
            int got = await socket.ReceiveAsync(reply.AsMemory(read), cancellationToken);
            if (got == 0) throw new IOException("the server ended the connection without a reply");
            read += got;
        }
        int code = MemoryMarshal.Read<int>(reply);
        return code is >= 0 and <= EmulabCodes.Cleared ? code : throw new IOException($"the server replied {code}, which is no code");
    }

    private static async Task<Socket> ConnectAsync(EmulabPlace place, Action<string> tell, CancellationToken cancellationToken)
    {
        while (true)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(place.Host, place.Port, cancellationToken);
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                return socket;
            }
            catch (SocketException e) when (e.SocketErrorCode is not (SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery))
            {
                socket.Dispose();
                tell($"no server at {place.Host}:{place.Port} yet: {e.Message}");
            }
            catch
            {
                socket.Dispose();
                throw;
            }
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }
}
